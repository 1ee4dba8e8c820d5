// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/passkeywatch.h>

#include <QtWebEngineCore/QWebEngineScript>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

// A conditional request only offers passkeys in the list of a name field and is no reason to disturb anybody.
constexpr QLatin1StringView source(R"((() => {
  const store = navigator.credentials;
  if (!store) return;
  for (const name of ['get', 'create']) {
    const original = store[name];
    if (typeof original !== 'function') continue;
    store[name] = function (options) {
      if (options && options.publicKey && options.mediation !== 'conditional') console.log('%1');
      return original.call(this, options);
    };
  }
})();)");

} // namespace

QWebEngineScript passkeyWatch()
{
    QWebEngineScript script;
    script.setName(u"passkeys"_s);
    script.setInjectionPoint(QWebEngineScript::DocumentCreation);
    // The page's own world: elsewhere its calls are not seen.
    script.setWorldId(QWebEngineScript::MainWorld);
    script.setRunsOnSubFrames(true);
    script.setSourceCode(QString(source).arg(passkeySign));
    return script;
}

} // namespace Countersign
