<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>Browsers</name>
        <message>
            <source>%1, private window</source>
            <translation>%1, privates Fenster</translation>
        </message>
    </context>
    <context>
        <name>CheckText</name>
        <message>
            <source>JSON Web Token</source>
            <translation>JSON Web Token</translation>
        </message>
        <message>
            <source>Signed text</source>
            <translation>Signierter Text</translation>
        </message>
        <message>
            <source>ID token</source>
            <translation>ID-Token</translation>
        </message>
        <message>
            <source>Access token</source>
            <translation>Zugriffstoken</translation>
        </message>
        <message>
            <source>Access token of Entra, version 1.0</source>
            <translation>Zugriffstoken von Entra, Version 1.0</translation>
        </message>
        <message>
            <source>Access token of Entra, version 2.0</source>
            <translation>Zugriffstoken von Entra, Version 2.0</translation>
        </message>
        <message>
            <source>Logout token</source>
            <translation>Abmeldetoken</translation>
        </message>
        <message>
            <source>DPoP proof</source>
            <translation>DPoP-Nachweis</translation>
        </message>
        <message>
            <source>Signed HTTP request</source>
            <translation>Signierte HTTP-Anfrage</translation>
        </message>
        <message>
            <source>Client assertion</source>
            <translation>Client-Assertion</translation>
        </message>
        <message>
            <source>Request object</source>
            <translation>Anfrageobjekt</translation>
        </message>
        <message>
            <source>Signed answer to a sign-in (JARM)</source>
            <translation>Signierte Antwort auf eine Anmeldung (JARM)</translation>
        </message>
        <message>
            <source>Signed introspection answer</source>
            <translation>Signierte Introspektionsantwort</translation>
        </message>
        <message>
            <source>Security event</source>
            <translation>Sicherheitsereignis</translation>
        </message>
        <message>
            <source>Pass</source>
            <translation>Bestanden</translation>
        </message>
        <message>
            <source>Fail</source>
            <translation>Fehlgeschlagen</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>Warnung</translation>
        </message>
        <message>
            <source>Not possible</source>
            <translation>Nicht möglich</translation>
        </message>
        <message>
            <source>Does not apply</source>
            <translation>Entfällt</translation>
        </message>
        <message>
            <source>Found %1, expected %2.</source>
            <translation>Gefunden: %1, erwartet: %2.</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>Nichts</translation>
        </message>
        <message>
            <source>Opaque token</source>
            <translation>Undurchsichtiges Token</translation>
        </message>
        <message>
            <source>SD-JWT</source>
            <translation>SD-JWT</translation>
        </message>
        <message>
            <source>Key binding of an SD-JWT</source>
            <translation>Schlüsselbindung eines SD-JWT</translation>
        </message>
        <message>
            <source>Encrypted token</source>
            <translation>Verschlüsseltes Token</translation>
        </message>
        <message>
            <source>Signed token in JSON form</source>
            <translation>Signiertes Token in JSON-Form</translation>
        </message>
        <message>
            <source>Encrypted token in JSON form</source>
            <translation>Verschlüsseltes Token in JSON-Form</translation>
        </message>
        <message>
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <source>PASETO</source>
            <translation>PASETO</translation>
        </message>
        <message>
            <source>Macaroon</source>
            <translation>Macaroon</translation>
        </message>
        <message>
            <source>SAML assertion</source>
            <translation>SAML-Assertion</translation>
        </message>
        <message>
            <source>Missing, expected %1.</source>
            <translation>Fehlt; erwartet %1.</translation>
        </message>
        <message>
            <source>The header demands %1</source>
            <translation>Der Kopf verlangt %1</translation>
        </message>
        <message>
            <source>no type</source>
            <translation>keine Art</translation>
        </message>
        <message>
            <source> or </source>
            <translation> oder </translation>
        </message>
        <message>
            <source>There are no keys to check with.</source>
            <translation>Es gibt keine Schlüssel zum Prüfen.</translation>
        </message>
        <message>
            <source>Key %1 is needed; there are no keys to check with.</source>
            <translation>Schlüssel %1 wird gebraucht; es gibt keine Schlüssel zum Prüfen.</translation>
        </message>
        <message>
            <source>Key %1 is not among the keys, or does not fit.</source>
            <translation>Schlüssel %1 ist nicht unter den Schlüsseln oder passt nicht.</translation>
        </message>
        <message>
            <source>Not encrypted, expected %1.</source>
            <translation>Nicht verschlüsselt, erwartet: %1.</translation>
        </message>
        <message>
            <source>The one that was sent</source>
            <translation>Die gesendete</translation>
        </message>
        <message>
            <source>Missing</source>
            <translation>Fehlt</translation>
        </message>
        <message>
            <source>Another one than was sent</source>
            <translation>Eine andere als die gesendete</translation>
        </message>
        <message>
            <source>%1 is one of %2</source>
            <translation>%1 ist darunter: %2</translation>
        </message>
        <message>
            <source>Ends %1</source>
            <translation>Endet %1</translation>
        </message>
        <message>
            <source>Ended %1</source>
            <translation>Endete %1</translation>
        </message>
        <message>
            <source>Begins %1</source>
            <translation>Beginnt %1</translation>
        </message>
        <message>
            <source>Began %1</source>
            <translation>Begann %1</translation>
        </message>
        <message>
            <source>Issued %1</source>
            <translation>Ausgestellt %1</translation>
        </message>
        <message>
            <source>Signed in %1</source>
            <translation>Angemeldet %1</translation>
        </message>
        <message>
            <source>%1, expected %2.</source>
            <translation>%1, erwartet: %2.</translation>
        </message>
        <message>
            <source>Issued %1, but ends %2</source>
            <translation>Ausgestellt %1, endet aber %2</translation>
        </message>
        <message>
            <source>Claim %1</source>
            <translation>Claim %1</translation>
        </message>
    </context>
    <context>
        <name>ClaimsRequest</name>
        <message>
            <source>%1 has to be null or an object.</source>
            <translation>%1 muss null oder ein Objekt sein.</translation>
        </message>
        <message>
            <source>“essential” of %1 has to be true or false.</source>
            <translation>„essential“ von %1 muss true oder false sein.</translation>
        </message>
        <message>
            <source>“values” of %1 has to be a list.</source>
            <translation>„values“ von %1 muss eine Liste sein.</translation>
        </message>
        <message>
            <source>%1 has “value” and “values”: only one of them counts.</source>
            <translation>%1 hat „value“ und „values“: Nur eines davon zählt.</translation>
        </message>
        <message>
            <source>%1 has to be an object.</source>
            <translation>%1 muss ein Objekt sein.</translation>
        </message>
        <message>
            <source>The claims request is no JSON yet: look at its line %1.</source>
            <translation>Die Claims-Anfrage ist noch kein JSON: siehe ihre Zeile %1.</translation>
        </message>
        <message>
            <source>The claims request is not a JSON object yet.</source>
            <translation>Die Claims-Anfrage ist noch kein JSON-Objekt.</translation>
        </message>
        <message>
            <source>Claims request: %1</source>
            <translation>Claims-Anfrage: %1</translation>
        </message>
    </context>
    <context>
        <name>CopyForm</name>
        <message numerus="yes">
            <source>&lt;token of %n byte(s)&gt;</source>
            <translation>
                <numerusform>&lt;Token von %n Byte&gt;</numerusform>
                <numerusform>&lt;Token von %n Bytes&gt;</numerusform>
            </translation>
        </message>
        <message>
            <source>The token</source>
            <translation>Das Token</translation>
        </message>
        <message>
            <source>As header</source>
            <translation>Als Header</translation>
        </message>
        <message>
            <source>As curl command</source>
            <translation>Als curl-Befehl</translation>
        </message>
        <message>
            <source>As PowerShell command</source>
            <translation>Als PowerShell-Befehl</translation>
        </message>
        <message>
            <source>As HTTPie command</source>
            <translation>Als HTTPie-Befehl</translation>
        </message>
        <message>
            <source>As JSON</source>
            <translation>Als JSON</translation>
        </message>
        <message>
            <source>As environment line</source>
            <translation>Als Umgebungszeile</translation>
        </message>
    </context>
    <context>
        <name>Countersign::AuthWindow</name>
        <message>
            <source>Sign in</source>
            <translation>Anmelden</translation>
        </message>
        <message>
            <source>The page tried to download a file. That is not allowed here.</source>
            <translation>Die Seite wollte eine Datei herunterladen. Das ist hier nicht erlaubt.</translation>
        </message>
        <message>
            <source>The page is taking a long time to appear.</source>
            <translation>Die Seite braucht lange, bis sie erscheint.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Reload</source>
            <translation>Neu laden</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Verkleinern</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Vergrößern</translation>
        </message>
        <message>
            <source>Open in browser instead</source>
            <translation>Stattdessen im Browser öffnen</translation>
        </message>
        <message>
            <source>Open in browser</source>
            <translation>Im Browser öffnen</translation>
        </message>
        <message>
            <source>Hide this message</source>
            <translation>Diese Meldung ausblenden</translation>
        </message>
        <message>
            <source>Loading</source>
            <translation>Lädt</translation>
        </message>
        <message>
            <source>Find in the page</source>
            <translation>Auf der Seite suchen</translation>
        </message>
        <message>
            <source>Previous match</source>
            <translation>Voriger Treffer</translation>
        </message>
        <message>
            <source>Next match</source>
            <translation>Nächster Treffer</translation>
        </message>
        <message>
            <source>Close the search</source>
            <translation>Suche schließen</translation>
        </message>
        <message>
            <source>The page stopped working.</source>
            <translation>Die Seite wurde unerwartet beendet.</translation>
        </message>
        <message>
            <source>This page asked for a passkey. They cannot be used in this window; your browser can.</source>
            <translation>Diese Seite verlangte einen Passkey. In diesem Fenster geht das nicht; Ihr Browser kann es.</translation>
        </message>
        <message>
            <source>The proxy %1</source>
            <translation>Der Proxy %1</translation>
        </message>
        <message>
            <source>The page tried to go to an address that is not allowed in a sign-in: %1</source>
            <translation>Die Seite wollte zu einer Adresse, die bei einer Anmeldung nicht erlaubt ist: %1</translation>
        </message>
        <message>
            <source>%1 cannot prove who it is: its certificate is not trusted. The sign-in stops here.</source>
            <translation>%1 kann sich nicht ausweisen: Das Zertifikat ist nicht vertrauenswürdig. Die Anmeldung endet hier.</translation>
        </message>
        <message>
            <source>The page asked for a device or a permission. That is never granted here.</source>
            <translation>Die Seite verlangte ein Gerät oder eine Berechtigung. Das wird hier nie gewährt.</translation>
        </message>
        <message>
            <source>The page could not be loaded.</source>
            <translation>Die Seite konnte nicht geladen werden.</translation>
        </message>
        <message>
            <source>This provider does not allow signing in inside an application.</source>
            <translation>Dieser Anbieter erlaubt keine Anmeldung innerhalb einer Anwendung.</translation>
        </message>
        <message>
            <source>This provider wants to see that the device is managed. Your browser can prove that; this window cannot.</source>
            <translation>Dieser Anbieter will sehen, dass das Gerät verwaltet wird. Ihr Browser kann das nachweisen, dieses Fenster nicht.</translation>
        </message>
        <message>
            <source>The page stays empty.</source>
            <translation>Die Seite bleibt leer.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::AccountModel</name>
        <message>
            <source>Profile %1</source>
            <translation>Profil %1</translation>
        </message>
        <message>
            <source>Account %1, %2</source>
            <translation>Konto %1, %2</translation>
        </message>
        <message>
            <source>Without a profile: %1</source>
            <translation>Ohne Profil: %1</translation>
        </message>
        <message>
            <source>%1 at %2</source>
            <translation>%1 bei %2</translation>
        </message>
        <message>
            <source>Without a profile: %1 at %2</source>
            <translation>Ohne Profil: %1 bei %2</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::AccountPanel</name>
        <message>
            <source>&amp;Get token</source>
            <translation>Token ho&amp;len</translation>
        </message>
        <message>
            <source>&amp;Refresh now</source>
            <translation>&amp;Jetzt erneuern</translation>
        </message>
        <message>
            <source>Sign &amp;in again</source>
            <translation>&amp;Neu anmelden</translation>
        </message>
        <message>
            <source>Sign o&amp;ut</source>
            <translation>A&amp;bmelden</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>What is known of the account</source>
            <translation>Was über das Konto bekannt ist</translation>
        </message>
        <message>
            <source>Overview</source>
            <translation>Überblick</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Permissions</source>
            <translation>Berechtigungen</translation>
        </message>
        <message>
            <source>Session</source>
            <translation>Sitzung</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>Profil</translation>
        </message>
        <message>
            <source>Signed in</source>
            <translation>Angemeldet</translation>
        </message>
        <message>
            <source>Access token</source>
            <translation>Zugriffstoken</translation>
        </message>
        <message>
            <source>Refresh token</source>
            <translation>Aktualisierungstoken</translation>
        </message>
        <message>
            <source>Kept in</source>
            <translation>Aufbewahrt in</translation>
        </message>
        <message>
            <source>Last problem</source>
            <translation>Letztes Problem</translation>
        </message>
        <message>
            <source>Tokens of the account</source>
            <translation>Token des Kontos</translation>
        </message>
        <message>
            <source>I&amp;nspect</source>
            <translation>&amp;Untersuchen</translation>
        </message>
        <message>
            <source>&amp;Copy token</source>
            <translation>Token ko&amp;pieren</translation>
        </message>
        <message>
            <source>Person seen by the provider</source>
            <translation>Anbieter hat die Person gesehen</translation>
        </message>
        <message>
            <source>Signed in with</source>
            <translation>Angemeldet mit</translation>
        </message>
        <message>
            <source>Authentication context (acr)</source>
            <translation>Authentifizierungskontext (acr)</translation>
        </message>
        <message>
            <source>Session at the provider (sid)</source>
            <translation>Sitzung beim Anbieter (sid)</translation>
        </message>
        <message>
            <source>Account came by</source>
            <translation>Konto kam durch</translation>
        </message>
        <message>
            <source>Account %1</source>
            <translation>Konto %1</translation>
        </message>
        <message>
            <source>Sign in first</source>
            <translation>Zuerst anmelden</translation>
        </message>
        <message>
            <source>From the cache, or from the provider</source>
            <translation>Aus dem Zwischenspeicher oder vom Anbieter</translation>
        </message>
        <message>
            <source>Asks the provider for a new token</source>
            <translation>Verlangt vom Anbieter ein neues Token</translation>
        </message>
        <message>
            <source>There is no refresh token for this account</source>
            <translation>Für dieses Konto gibt es kein Aktualisierungstoken</translation>
        </message>
        <message>
            <source>Sign in needed</source>
            <translation>Anmeldung nötig</translation>
        </message>
        <message>
            <source>%1 at %2</source>
            <translation>%1 bei %2</translation>
        </message>
        <message>
            <source>%1: expired %2</source>
            <translation>%1: abgelaufen %2</translation>
        </message>
        <message>
            <source>%1: expires %2</source>
            <translation>%1: läuft ab %2</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keines</translation>
        </message>
        <message>
            <source>none: when the access token ends, somebody has to sign in</source>
            <translation>keines: Wenn das Zugriffstoken endet, muss sich jemand anmelden</translation>
        </message>
        <message>
            <source>since %1</source>
            <translation>seit %1</translation>
        </message>
        <message>
            <source>there</source>
            <translation>vorhanden</translation>
        </message>
        <message>
            <source>Offline mode is on: nothing is sent</source>
            <translation>Der Offline-Modus ist an: Nichts wird gesendet</translation>
        </message>
        <message>
            <source>ends %1 unless it is used before</source>
            <translation>endet %1, wenn es vorher nicht benutzt wird</translation>
        </message>
        <message>
            <source>Ask for &amp;more…</source>
            <translation>&amp;Mehr verlangen…</translation>
        </message>
        <message>
            <source>Signs in once more, with other scopes</source>
            <translation>Meldet noch einmal an, mit anderen Berechtigungen</translation>
        </message>
        <message>
            <source>For an administrator, who can agree for everybody</source>
            <translation>Für eine Administratorin oder einen Administrator, die für alle zustimmen können</translation>
        </message>
        <message>
            <source>Copy admin consent &amp;link</source>
            <translation>Adresse für die Administrator&amp;zustimmung kopieren</translation>
        </message>
        <message>
            <source>also in %1, which is the same application</source>
            <translation>auch in %1, das dieselbe Anwendung ist</translation>
        </message>
        <message>
            <source>Blocked by a policy</source>
            <translation>Durch eine Richtlinie gesperrt</translation>
        </message>
        <message>
            <source>The provider gives this application no new token, whoever signs in. Its administrator can say what is missing.</source>
            <translation>Der Anbieter gibt dieser Anwendung kein neues Token, wer sich auch anmeldet. Was fehlt, weiß seine Verwaltung.</translation>
        </message>
        <message>
            <source>Ma&amp;ke a profile of it</source>
            <translation>Pro&amp;fil daraus machen</translation>
        </message>
        <message>
            <source>Puts this client and its provider among the profiles again</source>
            <translation>Nimmt diesen Client und seinen Anbieter wieder unter die Profile auf</translation>
        </message>
        <message>
            <source>none any more: %1 at %2</source>
            <translation>keines mehr: %1 bei %2</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <comment>resource, scopes</comment>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>%1 (%2, %3)</source>
            <translation>%1 (%2, %3)</translation>
        </message>
        <message>
            <source>Opens the access token that lasts longest in the inspector</source>
            <translation>Öffnet das Zugriffstoken, das am längsten gilt, im Inspektor</translation>
        </message>
        <message>
            <source>Inspect the access token</source>
            <translation>Das Zugriffstoken untersuchen</translation>
        </message>
        <message>
            <source>Copy the access token</source>
            <translation>Das Zugriffstoken kopieren</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::AccountsPage</name>
        <message>
            <source>Accounts</source>
            <translation>Konten</translation>
        </message>
        <message>
            <source>Who is signed in, and their tokens</source>
            <translation>Wer angemeldet ist, und die Token dazu</translation>
        </message>
        <message>
            <source>Filter accounts</source>
            <translation>Konten filtern</translation>
        </message>
        <message>
            <source>Accounts by profile</source>
            <translation>Konten nach Profil</translation>
        </message>
        <message>
            <source>Choose an account, or sign in with Ctrl+L.</source>
            <translation>Wählen Sie ein Konto, oder melden Sie sich mit Strg+L an.</translation>
        </message>
        <message>
            <source>&amp;Sign in…</source>
            <translation>&amp;Anmelden…</translation>
        </message>
        <message>
            <source>Signs somebody in through a profile</source>
            <translation>Meldet jemanden über ein Profil an</translation>
        </message>
        <message>
            <source>&amp;Get token…</source>
            <translation>&amp;Token holen…</translation>
        </message>
        <message>
            <source>Gets a token for the chosen account, and says where it came from</source>
            <translation>Holt ein Token für das gewählte Konto und sagt, woher es kam</translation>
        </message>
        <message>
            <source>&amp;Refresh now</source>
            <translation>&amp;Jetzt erneuern</translation>
        </message>
        <message>
            <source>Asks the provider for a new token of the chosen account</source>
            <translation>Verlangt vom Anbieter ein neues Token für das gewählte Konto</translation>
        </message>
        <message>
            <source>Sign in &amp;again…</source>
            <translation>&amp;Neu anmelden…</translation>
        </message>
        <message>
            <source>Signs the chosen account in once more</source>
            <translation>Meldet das gewählte Konto noch einmal an</translation>
        </message>
        <message>
            <source>Sign &amp;out…</source>
            <translation>A&amp;bmelden…</translation>
        </message>
        <message>
            <source>Forgets the chosen account&apos;s tokens, and takes them back at the provider</source>
            <translation>Vergisst die Token des gewählten Kontos und widerruft sie beim Anbieter</translation>
        </message>
        <message>
            <source>Welcome</source>
            <translation>Willkommen</translation>
        </message>
        <message>
            <source>Copy as co&amp;mmand</source>
            <translation>Als Befe&amp;hl kopieren</translation>
        </message>
        <message>
            <source>Copies the command line that gets the chosen account’s token</source>
            <translation>Kopiert die Befehlszeile, die das Token des gewählten Kontos holt</translation>
        </message>
        <message>
            <source>Choose an account first</source>
            <translation>Wählen Sie erst ein Konto</translation>
        </message>
        <message>
            <source>It is the default of its provider already</source>
            <translation>Es ist bei seinem Anbieter schon der Standard</translation>
        </message>
        <message>
            <source>Offline mode is on: nothing is sent</source>
            <translation>Offline-Modus ist an: Es wird nichts gesendet</translation>
        </message>
        <message>
            <source>A token is being fetched for it</source>
            <translation>Gerade wird ein Token dafür geholt</translation>
        </message>
        <message>
            <source>There is no refresh token for this account</source>
            <translation>Für dieses Konto gibt es kein Aktualisierungstoken</translation>
        </message>
        <message>
            <source>&amp;Force new token</source>
            <translation>Neues Token er&amp;zwingen</translation>
        </message>
        <message>
            <source>Gets a token from the provider whatever the cache holds, and shows why and what came</source>
            <translation>Holt ein Token vom Anbieter, was immer der Cache enthält, und zeigt, warum und was kam</translation>
        </message>
        <message>
            <source>Use as &amp;default</source>
            <translation>Als &amp;Standard verwenden</translation>
        </message>
        <message>
            <source>The command line takes the chosen account when nobody says which</source>
            <translation>Die Befehlszeile nimmt das gewählte Konto, wenn niemand sagt, welches</translation>
        </message>
        <message>
            <source>Re&amp;name…</source>
            <translation>Um&amp;benennen…</translation>
        </message>
        <message>
            <source>Gives the chosen account a name of your own</source>
            <translation>Gibt dem gewählten Konto einen eigenen Namen</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ActionRegistry</name>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Account</source>
            <translation>&amp;Konto</translation>
        </message>
        <message>
            <source>&amp;Token</source>
            <translation>&amp;Token</translation>
        </message>
        <message>
            <source>T&amp;ools</source>
            <translation>E&amp;xtras</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <comment>a menu inside a menu, and what is in it</comment>
            <translation>%1: %2</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::AllTokensModel</name>
        <message>
            <source>Access token</source>
            <translation>Zugriffstoken</translation>
        </message>
        <message>
            <source>ID token</source>
            <translation>ID-Token</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Konto</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>Profil</translation>
        </message>
        <message>
            <source>Token</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Scopes</source>
            <translation>Berechtigungen</translation>
        </message>
        <message>
            <source>Expires</source>
            <translation>Läuft ab</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <comment>names of profiles</comment>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>without a profile (%1)</source>
            <translation>ohne Profil (%1)</translation>
        </message>
        <message>
            <source>Resource</source>
            <translation>Ressource</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Herkunft</translation>
        </message>
        <message>
            <source>Bound</source>
            <translation>Gebunden</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::Banner</name>
        <message>
            <source>Kind of message</source>
            <translation>Art der Meldung</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Meldung</translation>
        </message>
        <message>
            <source>Explanation</source>
            <translation>Erklärung</translation>
        </message>
        <message>
            <source>Technical details</source>
            <translation>Technische Einzelheiten</translation>
        </message>
        <message>
            <source>Detai&amp;ls</source>
            <translation>&amp;Einzelheiten</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::CacheModel</name>
        <message>
            <source>Account</source>
            <translation>Konto</translation>
        </message>
        <message>
            <source>Access token</source>
            <translation>Zugriffstoken</translation>
        </message>
        <message>
            <source>Refresh token</source>
            <translation>Aktualisierungstoken</translation>
        </message>
        <message>
            <source>ID token</source>
            <translation>ID-Token</translation>
        </message>
        <message>
            <source>Application</source>
            <translation>Anwendung</translation>
        </message>
        <message>
            <source>Something unknown</source>
            <translation>Etwas Unbekanntes</translation>
        </message>
        <message>
            <source>expires %1</source>
            <translation>läuft %1 ab</translation>
        </message>
        <message>
            <source>usable</source>
            <translation>brauchbar</translation>
        </message>
        <message>
            <source>usable, but to be refreshed</source>
            <translation>brauchbar, aber zu erneuern</translation>
        </message>
        <message>
            <source>expired %1</source>
            <translation>abgelaufen %1</translation>
        </message>
        <message>
            <source>its account is missing</source>
            <translation>das Konto dazu fehlt</translation>
        </message>
        <message>
            <source>not understood</source>
            <translation>nicht verstanden</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Scopes or tenant</source>
            <translation>Berechtigungen oder Mandant</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Key for proofs</source>
            <translation>Schlüssel für Nachweise</translation>
        </message>
        <message>
            <source>Client secret</source>
            <translation>Client-Geheimnis</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::CheckList</name>
        <message>
            <source>Checks of the ID token</source>
            <translation>Prüfungen des ID-Tokens</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>To come. %1.</source>
            <translation>Steht noch aus. %1.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::CheckModel</name>
        <message>
            <source>In detail: %1</source>
            <translation>Genauer: %1</translation>
        </message>
        <message>
            <source>Rule: %1</source>
            <translation>Regel: %1</translation>
        </message>
        <message numerus="yes">
            <source>%n failed</source>
            <translation>
                <numerusform>%n fehlgeschlagen</numerusform>
                <numerusform>%n fehlgeschlagen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n warning(s)</source>
            <translation>
                <numerusform>%n Warnung</numerusform>
                <numerusform>%n Warnungen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n passed</source>
            <translation>
                <numerusform>%n bestanden</numerusform>
                <numerusform>%n bestanden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not possible</source>
            <translation>
                <numerusform>%n nicht möglich</numerusform>
                <numerusform>%n nicht möglich</numerusform>
            </translation>
        </message>
        <message>
            <source>, </source>
            <translation>, </translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>Verglichen</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ChecksView</name>
        <message>
            <source>ID token</source>
            <translation>ID-Token</translation>
        </message>
        <message>
            <source>Access token</source>
            <translation>Zugriffstoken</translation>
        </message>
        <message>
            <source>Logout token</source>
            <translation>Abmeldetoken</translation>
        </message>
        <message>
            <source>Signed answer to a sign-in (JARM)</source>
            <translation>Signierte Antwort auf eine Anmeldung (JARM)</translation>
        </message>
        <message>
            <source>DPoP proof</source>
            <translation>DPoP-Nachweis</translation>
        </message>
        <message>
            <source>Signed HTTP request</source>
            <translation>Signierte HTTP-Anfrage</translation>
        </message>
        <message>
            <source>Expected issuer</source>
            <translation>Erwarteter Aussteller</translation>
        </message>
        <message>
            <source>Expected audience</source>
            <translation>Erwarteter Empfänger</translation>
        </message>
        <message>
            <source>Client ID, or the address of an API</source>
            <translation>Client-ID oder die Adresse einer API</translation>
        </message>
        <message>
            <source>As RFC &amp;9068 wants it</source>
            <translation>Wie &amp;RFC 9068 es verlangt</translation>
        </message>
        <message>
            <source>State of the keys</source>
            <translation>Stand der Schlüssel</translation>
        </message>
        <message>
            <source>Result of the checks</source>
            <translation>Ergebnis der Prüfungen</translation>
        </message>
        <message>
            <source>About this check</source>
            <translation>Zu dieser Prüfung</translation>
        </message>
        <message>
            <source>Take expectations from a profile</source>
            <translation>Erwartungen aus einem Profil übernehmen</translation>
        </message>
        <message>
            <source>Used as</source>
            <translation>Verwendet als</translation>
        </message>
        <message>
            <source>The access token has to be as RFC 9068 wants it</source>
            <translation>Das Zugriffstoken muss sein, wie RFC 9068 es verlangt</translation>
        </message>
        <message>
            <source>Keys of the issuer</source>
            <translation>Schlüssel des Ausstellers</translation>
        </message>
        <message>
            <source>Paste a JWK set, a key or a certificate</source>
            <translation>Eine JWK-Menge, einen Schlüssel oder ein Zertifikat einfügen</translation>
        </message>
        <message>
            <source>Open a file with keys</source>
            <translation>Eine Datei mit Schlüsseln öffnen</translation>
        </message>
        <message>
            <source>Expect what is in</source>
            <translation>Erwarte wie in</translation>
        </message>
        <message>
            <source>&amp;Used as</source>
            <translation>&amp;Verwendet als</translation>
        </message>
        <message>
            <source>Issu&amp;er</source>
            <translation>Ausste&amp;ller</translation>
        </message>
        <message>
            <source>&amp;Keys</source>
            <translation>&amp;Schlüssel</translation>
        </message>
        <message>
            <source>Checks</source>
            <translation>Prüfungen</translation>
        </message>
        <message>
            <source>This form</source>
            <translation>Dieses Formular</translation>
        </message>
        <message>
            <source>Open keys</source>
            <translation>Schlüssel öffnen</translation>
        </message>
        <message>
            <source>This file cannot be read as keys.</source>
            <translation>Diese Datei lässt sich nicht als Schlüssel lesen.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Fetch keys</source>
            <translation>Schlüssel holen</translation>
        </message>
        <message>
            <source>Fetch keys from %1</source>
            <translation>Schlüssel von %1 holen</translation>
        </message>
        <message>
            <source>Name the issuer first</source>
            <translation>Nennen Sie zuerst den Aussteller</translation>
        </message>
        <message>
            <source>Will contact %1</source>
            <translation>Wird %1 kontaktieren</translation>
        </message>
        <message>
            <source>Reading the keys of %1</source>
            <translation>Liest die Schlüssel von %1</translation>
        </message>
        <message>
            <source>Keys of %1, fetched %2.</source>
            <translation>Schlüssel von %1, geholt um %2.</translation>
        </message>
        <message>
            <source>These keys cannot be read: they are neither a JWK, a set of them, nor PEM, or the kind of key is not known here.</source>
            <translation>Diese Schlüssel sind nicht lesbar: Sie sind weder ein JWK noch eine Menge davon noch PEM, oder die Art des Schlüssels ist hier unbekannt.</translation>
        </message>
        <message>
            <source>Without keys the signature cannot be checked.</source>
            <translation>Ohne Schlüssel lässt sich die Signatur nicht prüfen.</translation>
        </message>
        <message>
            <source>What is expected</source>
            <translation>Was erwartet wird</translation>
        </message>
        <message>
            <source>Open fi&amp;le…</source>
            <translation>Datei ö&amp;ffnen…</translation>
        </message>
        <message>
            <source>Audien&amp;ce</source>
            <translation>&amp;Empfänger</translation>
        </message>
        <message>
            <source>Signed introspection answer</source>
            <translation>Signierte Antwort einer Introspektion</translation>
        </message>
        <message>
            <source>None of these</source>
            <translation>Nichts davon</translation>
        </message>
        <message>
            <source>Keys of %1, as the last sign-in found them.</source>
            <translation>Schlüssel von %1, wie die letzte Anmeldung sie vorfand.</translation>
        </message>
        <message>
            <source>Scopes: %1</source>
            <translation>Berechtigungen: %1</translation>
        </message>
        <message>
            <source>Roles: %1</source>
            <translation>Rollen: %1</translation>
        </message>
        <message>
            <source>Strength of the sign-in: %1</source>
            <translation>Stärke der Anmeldung: %1</translation>
        </message>
        <message>
            <source>Claims: %1</source>
            <translation>Claims: %1</translation>
        </message>
        <message numerus="yes">
            <source>Clocks may differ by %n second(s)</source>
            <translation>
                <numerusform>Die Uhren dürfen um %n Sekunde abweichen</numerusform>
                <numerusform>Die Uhren dürfen um %n Sekunden abweichen</numerusform>
            </translation>
        </message>
        <message>
            <source>The profile also expects:</source>
            <translation>Das Profil erwartet außerdem:</translation>
        </message>
        <message>
            <source>What the profile expects besides</source>
            <translation>Was das Profil außerdem erwartet</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ChipField</name>
        <message>
            <source>Suggestions</source>
            <translation>Vorschläge</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>%1 entfernen</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ClaimModel</name>
        <message numerus="yes">
            <source>%n item(s)</source>
            <translation>
                <numerusform>%n Eintrag</numerusform>
                <numerusform>%n Einträge</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n member(s)</source>
            <translation>
                <numerusform>%n Angabe</numerusform>
                <numerusform>%n Angaben</numerusform>
            </translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Wer</translation>
        </message>
        <message>
            <source>For whom</source>
            <translation>Für wen</translation>
        </message>
        <message>
            <source>By whom</source>
            <translation>Von wem</translation>
        </message>
        <message>
            <source>What it may do</source>
            <translation>Was es darf</translation>
        </message>
        <message>
            <source>How they signed in</source>
            <translation>Wie angemeldet wurde</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>Technical</source>
            <translation>Technisches</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>Weitere</translation>
        </message>
        <message>
            <source>Header</source>
            <translation>Kopf</translation>
        </message>
        <message numerus="yes">
            <source>More than %n item(s): see JSON</source>
            <translation>
                <numerusform>Mehr als %n Eintrag: siehe JSON</numerusform>
                <numerusform>Mehr als %n Einträge: siehe JSON</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Secret, %n byte(s)</source>
            <translation>
                <numerusform>Geheim, %n Byte</numerusform>
                <numerusform>Geheim, %n Bytes</numerusform>
            </translation>
        </message>
        <message>
            <source>Source: %1</source>
            <translation>Quelle: %1</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Meaning</source>
            <translation>Bedeutung</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ClaimsField</name>
        <message>
            <source>Values that the claim may have</source>
            <translation>Werte, die der Claim haben darf</translation>
        </message>
        <message>
            <source>any value</source>
            <translation>jeder Wert</translation>
        </message>
        <message>
            <source>Essential</source>
            <translation>Notwendig</translation>
        </message>
        <message>
            <source>Add claim</source>
            <translation>Claim hinzufügen</translation>
        </message>
        <message>
            <source>Claims request, JSON</source>
            <translation>Claims-Anfrage, JSON</translation>
        </message>
        <message>
            <source>Where the claim shall appear</source>
            <translation>Wo der Claim stehen soll</translation>
        </message>
        <message>
            <source>ID token</source>
            <translation>ID-Token</translation>
        </message>
        <message>
            <source>Userinfo</source>
            <translation>Userinfo</translation>
        </message>
        <message>
            <source>Access token</source>
            <translation>Zugriffstoken</translation>
        </message>
        <message>
            <source>Name of the claim</source>
            <translation>Name des Claims</translation>
        </message>
        <message>
            <source>claim</source>
            <translation>Claim</translation>
        </message>
        <message>
            <source>The claim is essential</source>
            <translation>Der Claim ist notwendig</translation>
        </message>
        <message>
            <source>Without it the sign-in is of no use</source>
            <translation>Ohne ihn nützt die Anmeldung nichts</translation>
        </message>
        <message>
            <source>Add this claim to the request</source>
            <translation>Diesen Claim in die Anfrage aufnehmen</translation>
        </message>
        <message>
            <source>Several with commas between them: the first is liked best</source>
            <translation>Mehrere mit Kommas dazwischen: Der erste ist der liebste</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ClaimsView</name>
        <message>
            <source>Filter the claims</source>
            <translation>Die Angaben filtern</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <source>About this claim</source>
            <translation>Zu dieser Angabe</translation>
        </message>
        <message>
            <source>How times are shown</source>
            <translation>Wie Zeiten gezeigt werden</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>Angaben</translation>
        </message>
        <message>
            <source>Copy &amp;value</source>
            <translation>&amp;Wert kopieren</translation>
        </message>
        <message>
            <source>Copy &amp;name</source>
            <translation>&amp;Namen kopieren</translation>
        </message>
        <message>
            <source>Copy &amp;path</source>
            <translation>&amp;Pfad kopieren</translation>
        </message>
        <message>
            <source>Copy &amp;meaning</source>
            <translation>&amp;Bedeutung kopieren</translation>
        </message>
        <message>
            <source>Not in the dictionary: ask the issuer what it means.</source>
            <translation>Nicht im Wörterbuch: Fragen Sie den Aussteller, was es bedeutet.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ClientPage</name>
        <message>
            <source>Client ID</source>
            <translation>Client-ID</translation>
        </message>
        <message>
            <source>Client secret</source>
            <translation>Client-Geheimnis</translation>
        </message>
        <message>
            <source>Re&amp;place…</source>
            <translation>E&amp;rsetzen …</translation>
        </message>
        <message>
            <source>&amp;Forget</source>
            <translation>Verg&amp;essen</translation>
        </message>
        <message>
            <source>Lea&amp;ve it as it is</source>
            <translation>B&amp;elassen, wie es ist</translation>
        </message>
        <message>
            <source>How the client proves itself</source>
            <translation>Wie sich der Client ausweist</translation>
        </message>
        <message>
            <source>By its secret, if it has one, as the provider wants it</source>
            <translation>Mit seinem Geheimnis, falls es eines gibt, wie es der Anbieter will</translation>
        </message>
        <message>
            <source>Not at all: a public client (none)</source>
            <translation>Gar nicht: ein öffentlicher Client (none)</translation>
        </message>
        <message>
            <source>Secret in the header (client_secret_basic)</source>
            <translation>Geheimnis in der Kopfzeile (client_secret_basic)</translation>
        </message>
        <message>
            <source>Secret in the form (client_secret_post)</source>
            <translation>Geheimnis im Formular (client_secret_post)</translation>
        </message>
        <message>
            <source>&amp;Client ID</source>
            <translation>&amp;Client-ID</translation>
        </message>
        <message>
            <source>&amp;Authentication</source>
            <translation>&amp;Authentifizierung</translation>
        </message>
        <message>
            <source>New client secret</source>
            <translation>Neues Client-Geheimnis</translation>
        </message>
        <message>
            <source>Replace the client secret</source>
            <translation>Das Client-Geheimnis ersetzen</translation>
        </message>
        <message>
            <source>Forget the client secret</source>
            <translation>Das Client-Geheimnis vergessen</translation>
        </message>
        <message>
            <source>Leave the client secret as it is</source>
            <translation>Das Client-Geheimnis belassen, wie es ist</translation>
        </message>
        <message>
            <source>Client sec&amp;ret</source>
            <translation>Client-&amp;Geheimnis</translation>
        </message>
        <message>
            <source>Only for clients that were registered with one. It is kept where the tokens are, belongs to this client at this issuer, and is never shown again.</source>
            <translation>Nur für Clients, die mit einem registriert wurden. Es wird bei den Token aufbewahrt, gehört zu diesem Client bei diesem Aussteller und wird nie wieder angezeigt.</translation>
        </message>
        <message>
            <source>Looking for one that is kept…</source>
            <translation>Es wird nach einem aufbewahrten gesucht …</translation>
        </message>
        <message>
            <source>None is stored.</source>
            <translation>Es ist keines gespeichert.</translation>
        </message>
        <message>
            <source>Stored with the tokens.</source>
            <translation>Bei den Token gespeichert.</translation>
        </message>
        <message>
            <source>The new one takes the place of the stored one when you save.</source>
            <translation>Beim Speichern tritt das neue an die Stelle des gespeicherten.</translation>
        </message>
        <message>
            <source>It is forgotten when you save.</source>
            <translation>Beim Speichern wird es vergessen.</translation>
        </message>
        <message>
            <source>Stored</source>
            <translation>Gespeichert</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ClientSession</name>
        <message>
            <source>memory, until the program ends</source>
            <translation>Arbeitsspeicher, bis das Programm endet</translation>
        </message>
        <message>
            <source>The sign-in window (countersign-webview) is not installed.</source>
            <translation>Das Anmeldefenster (countersign-webview) ist nicht installiert.</translation>
        </message>
        <message>
            <source>The sign-in window cannot protect itself when it runs as root.</source>
            <translation>Das Anmeldefenster kann sich nicht schützen, wenn es als root läuft.</translation>
        </message>
        <message>
            <source>There is no display for the sign-in window.</source>
            <translation>Für das Anmeldefenster gibt es keine Anzeige.</translation>
        </message>
        <message>
            <source>This profile&apos;s redirect address cannot be reached from a browser.</source>
            <translation>Die Umleitungsadresse dieses Profils ist von einem Browser aus nicht erreichbar.</translation>
        </message>
        <message>
            <source>Keychain (%1)</source>
            <translation>Schlüsselbund (%1)</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Arbeitsspeicher</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::CommandButton</name>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>The command is copied</source>
            <translation>Der Befehl ist kopiert</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::CommandPalette</name>
        <message>
            <source>Command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <source>Type a command</source>
            <translation>Befehl eingeben</translation>
        </message>
        <message>
            <source>Commands</source>
            <translation>Befehle</translation>
        </message>
        <message>
            <source>Matching commands</source>
            <translation>Passende Befehle</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>Result of the search</source>
            <translation>Ergebnis der Suche</translation>
        </message>
        <message>
            <source>&amp;Show all actions</source>
            <translation>Alle Aktionen &amp;zeigen</translation>
        </message>
        <message>
            <source>Show all actions</source>
            <translation>Alle Aktionen zeigen</translation>
        </message>
        <message>
            <source>No action matches “%1”.</source>
            <translation>Keine Aktion passt zu „%1“.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::CountdownRing</name>
        <message>
            <source>Time left</source>
            <translation>Verbleibende Zeit</translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>noch %n Minute</numerusform>
                <numerusform>noch %n Minuten</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::DeviceCodeDialog</name>
        <message>
            <source>Sign in to %1 on another device</source>
            <translation>Bei %1 auf einem anderen Gerät anmelden</translation>
        </message>
        <message>
            <source>Open this address on the other device and enter the code:</source>
            <translation>Öffnen Sie diese Adresse auf dem anderen Gerät und geben Sie den Code ein:</translation>
        </message>
        <message>
            <source>Only continue if you started this</source>
            <translation>Fahren Sie nur fort, wenn Sie das begonnen haben</translation>
        </message>
        <message>
            <source>Whoever enters a code that somebody else sent lets that person in. Enter it only where you meant to sign in yourself.</source>
            <translation>Wer einen Code eingibt, den jemand anders geschickt hat, lässt diese Person herein. Geben Sie ihn nur ein, wo Sie sich selbst anmelden wollten.</translation>
        </message>
        <message>
            <source>Address to open: %1</source>
            <translation>Zu öffnende Adresse: %1</translation>
        </message>
        <message>
            <source>Code: %1</source>
            <translation>Code: %1</translation>
        </message>
        <message>
            <source>The address is too long for a QR code.</source>
            <translation>Die Adresse ist zu lang für einen QR-Code.</translation>
        </message>
        <message>
            <source>The QR code holds the address only: the code has to be typed, because the provider offers no address with the code in it.</source>
            <translation>Der QR-Code enthält nur die Adresse: Der Code muss eingetippt werden, weil der Anbieter keine Adresse mit dem Code darin anbietet.</translation>
        </message>
        <message>
            <source>The QR code holds the address and the code. Compare the code on the device with the one above.</source>
            <translation>Der QR-Code enthält Adresse und Code. Vergleichen Sie den Code auf dem Gerät mit dem oben.</translation>
        </message>
        <message>
            <source>&amp;Copy code</source>
            <translation>&amp;Code kopieren</translation>
        </message>
        <message>
            <source>Copy &amp;link</source>
            <translation>&amp;Link kopieren</translation>
        </message>
        <message>
            <source>&amp;Open here</source>
            <translation>&amp;Hier öffnen</translation>
        </message>
        <message>
            <source>QR code in &amp;full size</source>
            <translation>QR-Code in &amp;voller Größe</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Opens %1 in your browser</source>
            <translation>Öffnet %1 in Ihrem Browser</translation>
        </message>
        <message>
            <source>QR code</source>
            <translation>QR-Code</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::DictionaryDialog</name>
        <message>
            <source>header</source>
            <translation>Kopf</translation>
        </message>
        <message>
            <source>claim</source>
            <translation>Claim</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Specified in: %1</source>
            <translation>Festgelegt in: %1</translation>
        </message>
        <message>
            <source>on this computer, or on the way</source>
            <translation>auf diesem Computer oder unterwegs</translation>
        </message>
        <message>
            <source>of a provider</source>
            <translation>eines Anbieters</translation>
        </message>
        <message>
            <source>On the command line: %1</source>
            <translation>Auf der Befehlszeile: %1</translation>
        </message>
        <message>
            <source>Where it can be mended: %1</source>
            <translation>Wo es sich beheben lässt: %1</translation>
        </message>
        <message>
            <source>Look up</source>
            <translation>Nachschlagen</translation>
        </message>
        <message>
            <source>Look up a word, or what it means</source>
            <translation>Ein Wort nachschlagen, oder was es bedeutet</translation>
        </message>
        <message>
            <source>Meaning</source>
            <translation>Bedeutung</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Wörter</translation>
        </message>
        <message>
            <source>Word</source>
            <translation>Wort</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Wo</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Nothing fits. Another word may.</source>
            <translation>Nichts passt. Ein anderes Wort vielleicht.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::DoctorPage</name>
        <message>
            <source>Doctor</source>
            <translation>Doktor</translation>
        </message>
        <message>
            <source>Finds what keeps sign-ins from working on this computer.</source>
            <translation>Findet, was Anmeldungen auf diesem Computer verhindert.</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>Ask the &amp;providers, too (uses the network)</source>
            <translation>Auch die Anbieter &amp;fragen (nutzt das Netz)</translation>
        </message>
        <message>
            <source>&amp;Examine</source>
            <translation>&amp;Untersuchen</translation>
        </message>
        <message>
            <source>&amp;Copy report</source>
            <translation>&amp;Bericht kopieren</translation>
        </message>
        <message>
            <source>&amp;Save report…</source>
            <translation>Bericht &amp;speichern…</translation>
        </message>
        <message>
            <source>What was examined</source>
            <translation>Was untersucht wurde</translation>
        </message>
        <message>
            <source>Ask the providers, too</source>
            <translation>Auch die Anbieter fragen</translation>
        </message>
        <message>
            <source>Will contact the provider of every profile</source>
            <translation>Wird den Anbieter jedes Profils kontaktieren</translation>
        </message>
        <message>
            <source>Examine</source>
            <translation>Untersuchen</translation>
        </message>
        <message>
            <source>Copy the report</source>
            <translation>Den Bericht kopieren</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>Den Bericht speichern</translation>
        </message>
        <message>
            <source>Nothing was examined yet.</source>
            <translation>Noch wurde nichts untersucht.</translation>
        </message>
        <message>
            <source>Copied. There is no secret in it.</source>
            <translation>Kopiert. Es ist kein Geheimnis darin.</translation>
        </message>
        <message>
            <source>&amp;Diagnose</source>
            <translation>&amp;Diagnose</translation>
        </message>
        <message>
            <source>Finds what keeps sign-ins from working on this computer</source>
            <translation>Findet, was Anmeldungen auf diesem Computer verhindert</translation>
        </message>
        <message>
            <source>Examining this computer…</source>
            <translation>Dieser Computer wird untersucht…</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>&amp;Examine again</source>
            <translation>&amp;Erneut untersuchen</translation>
        </message>
        <message>
            <source>Examine again</source>
            <translation>Erneut untersuchen</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) will keep sign-ins from working.</source>
            <translation>
                <numerusform>%n Sache wird Anmeldungen verhindern.</numerusform>
                <numerusform>%n Sachen werden Anmeldungen verhindern.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Sign-ins should work; %n thing(s) are worth a look.</source>
            <translation>
                <numerusform>Anmeldungen sollten gehen; %n Sache verdient einen Blick.</numerusform>
                <numerusform>Anmeldungen sollten gehen; %n Sachen verdienen einen Blick.</numerusform>
            </translation>
        </message>
        <message>
            <source>Everything is as it should be.</source>
            <translation>Alles ist, wie es sein soll.</translation>
        </message>
        <message>
            <source>Report saved</source>
            <translation>Bericht gespeichert</translation>
        </message>
        <message>
            <source>The report cannot be saved: %1</source>
            <translation>Der Bericht lässt sich nicht speichern: %1</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ExpectationsPage</name>
        <message>
            <source>Expected issuer</source>
            <translation>Erwarteter Aussteller</translation>
        </message>
        <message>
            <source>the issuer of this profile</source>
            <translation>der Aussteller dieses Profils</translation>
        </message>
        <message>
            <source>Expected audience of access tokens</source>
            <translation>Erwarteter Empfänger von Zugriffstokens</translation>
        </message>
        <message>
            <source>the audience or resource of this profile</source>
            <translation>der Empfänger oder die Ressource dieses Profils</translation>
        </message>
        <message>
            <source>Scopes that an access token must have</source>
            <translation>Berechtigungen, die ein Zugriffstoken haben muss</translation>
        </message>
        <message>
            <source>Roles that an access token must have</source>
            <translation>Rollen, die ein Zugriffstoken haben muss</translation>
        </message>
        <message>
            <source>Strengths of sign-in, one of which is needed</source>
            <translation>Anmeldestärken, von denen eine nötig ist</translation>
        </message>
        <message>
            <source>Tolerated difference of clocks, in seconds</source>
            <translation>Geduldeter Unterschied der Uhren, in Sekunden</translation>
        </message>
        <message>
            <source>as usual</source>
            <translation>wie üblich</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source>The inspector’s checks hold the tokens of this profile against this, and so does “countersign verify --profile”. Sign-ins are not changed by it. What is empty is not expected.</source>
            <translation>Die Prüfungen des Inspektors halten die Tokens dieses Profils hiergegen, und „countersign verify --profile“ auch. An Anmeldungen ändert es nichts. Was leer ist, wird nicht erwartet.</translation>
        </message>
        <message>
            <source>Issu&amp;er</source>
            <translation>Au&amp;ssteller</translation>
        </message>
        <message>
            <source>&amp;Audience</source>
            <translation>Empfän&amp;ger</translation>
        </message>
        <message>
            <source>&amp;Scopes</source>
            <translation>&amp;Berechtigungen</translation>
        </message>
        <message>
            <source>R&amp;oles</source>
            <translation>&amp;Rollen</translation>
        </message>
        <message>
            <source>Stren&amp;gth (acr)</source>
            <translation>S&amp;tärke (acr)</translation>
        </message>
        <message>
            <source>Clock di&amp;fference</source>
            <translation>&amp;Uhrenunterschied</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::FoldingSide</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Shows the list to choose from</source>
            <translation>Zeigt die Liste zum Auswählen</translation>
        </message>
        <message>
            <source>Shows what is folded away</source>
            <translation>Zeigt, was eingeklappt ist</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ForeignCacheDialog</name>
        <message>
            <source>What is in the cache</source>
            <translation>Was im Zwischenspeicher liegt</translation>
        </message>
        <message>
            <source>Another program’s cache</source>
            <translation>Zwischenspeicher eines anderen Programms</translation>
        </message>
        <message>
            <source>File of the cache</source>
            <translation>Datei des Zwischenspeichers</translation>
        </message>
        <message>
            <source>none was found</source>
            <translation>keine gefunden</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>Ö&amp;ffnen…</translation>
        </message>
        <message>
            <source>Open a cache file</source>
            <translation>Zwischenspeicher-Datei öffnen</translation>
        </message>
        <message>
            <source>Entries of the cache</source>
            <translation>Einträge des Zwischenspeichers</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <source>It is only read: nothing is written there, and no token is shown. Encrypted caches can be opened by their own program only.</source>
            <translation>Er wird nur gelesen: Nichts wird dort geschrieben, und kein Token wird gezeigt. Verschlüsselte Zwischenspeicher kann nur ihr eigenes Programm öffnen.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>No cache of another program was found at the usual places.</source>
            <translation>An den üblichen Orten wurde kein Zwischenspeicher eines anderen Programms gefunden.</translation>
        </message>
        <message>
            <source>Reading %1</source>
            <translation>%1 wird gelesen</translation>
        </message>
        <message numerus="yes">
            <source>%n account(s)</source>
            <translation>
                <numerusform>%n Konto</numerusform>
                <numerusform>%n Konten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n entry(s)</source>
            <translation>
                <numerusform>%n Eintrag</numerusform>
                <numerusform>%n Einträge</numerusform>
            </translation>
        </message>
        <message>
            <source>This cache is encrypted: only its own program can open it.</source>
            <translation>Dieser Zwischenspeicher ist verschlüsselt: Nur sein eigenes Programm kann ihn öffnen.</translation>
        </message>
        <message>
            <source>This file is no cache of MSAL.</source>
            <translation>Diese Datei ist kein Zwischenspeicher von MSAL.</translation>
        </message>
        <message>
            <source>This file cannot be read.</source>
            <translation>Diese Datei lässt sich nicht lesen.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::FoundHere</name>
        <message>
            <source>Found on this computer</source>
            <translation>Auf diesem Computer gefunden</translation>
        </message>
        <message>
            <source>Looking around</source>
            <translation>Umschau</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>Looking for what other programs know of sign-ins…</source>
            <translation>Es wird gesucht, was andere Programme von Anmeldungen wissen…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Looking around took too long and was given up.</source>
            <translation>Die Suche dauerte zu lange und wurde aufgegeben.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Erneut suchen</translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>und %n weiterer Fund</numerusform>
                <numerusform>und %n weitere Funde</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Import %n profile(s)…</source>
            <translation>
                <numerusform>%n Profil &amp;importieren…</numerusform>
                <numerusform>%n Profile &amp;importieren…</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Import %n profile(s)</source>
            <translation>
                <numerusform>%n Profil importieren</numerusform>
                <numerusform>%n Profile importieren</numerusform>
            </translation>
        </message>
        <message>
            <source>Only named: %1</source>
            <translation>Nur genannt: %1</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Neu</translation>
        </message>
        <message>
            <source>Already there: %1</source>
            <translation>Schon vorhanden: %1</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Content</source>
            <translation>Inhalt</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::GetTokenDialog</name>
        <message>
            <source>&amp;Force a new token from the provider</source>
            <translation>Ein neues Token vom Anbieter er&amp;zwingen</translation>
        </message>
        <message>
            <source>&amp;Get token</source>
            <translation>&amp;Token holen</translation>
        </message>
        <message>
            <source>&amp;Inspect</source>
            <translation>&amp;Untersuchen</translation>
        </message>
        <message>
            <source>&amp;Copy token</source>
            <translation>Token ko&amp;pieren</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Get token</source>
            <translation>Token holen</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Konto</translation>
        </message>
        <message>
            <source>Scopes</source>
            <translation>Berechtigungen</translation>
        </message>
        <message>
            <source>Resource</source>
            <translation>Ressource</translation>
        </message>
        <message>
            <source>only if the provider wants it (RFC 8707)</source>
            <translation>nur wenn der Anbieter es verlangt (RFC 8707)</translation>
        </message>
        <message>
            <source>Must be good for at least, in minutes</source>
            <translation>Muss noch mindestens so viele Minuten gelten</translation>
        </message>
        <message>
            <source> min</source>
            <translation> min</translation>
        </message>
        <message>
            <source>Force a new token from the provider</source>
            <translation>Ein neues Token vom Anbieter erzwingen</translation>
        </message>
        <message>
            <source>&amp;Account</source>
            <translation>&amp;Konto</translation>
        </message>
        <message>
            <source>Sc&amp;opes</source>
            <translation>&amp;Berechtigungen</translation>
        </message>
        <message>
            <source>&amp;Resource</source>
            <translation>&amp;Ressource</translation>
        </message>
        <message>
            <source>Good for a&amp;t least</source>
            <translation>Gültig noch &amp;mindestens</translation>
        </message>
        <message>
            <source>Why:</source>
            <translation>Warum:</translation>
        </message>
        <message>
            <source>Why the cache was or was not used</source>
            <translation>Warum der Zwischenspeicher verwendet wurde oder nicht</translation>
        </message>
        <message>
            <source>What was looked at in the cache</source>
            <translation>Was im Zwischenspeicher angesehen wurde</translation>
        </message>
        <message>
            <source>Copy as co&amp;mmand</source>
            <translation>Als Befe&amp;hl kopieren</translation>
        </message>
        <message>
            <source>Copies the command line that gets the same token (Ctrl+Shift+K)</source>
            <translation>Kopiert die Befehlszeile, die dasselbe Token holt (Strg+Umschalt+K)</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>It expires %1.</source>
            <translation>Es läuft ab %1.</translation>
        </message>
        <message>
            <source>Granted: %1</source>
            <translation>Gewährt: %1</translation>
        </message>
        <message>
            <source>But: %1</source>
            <translation>Aber: %1</translation>
        </message>
        <message>
            <source>Here is the token</source>
            <translation>Hier ist das Token</translation>
        </message>
        <message>
            <source>add a scope</source>
            <translation>Berechtigung hinzufügen</translation>
        </message>
        <message>
            <source>Missing: %1. The provider did not grant it.</source>
            <translation>Es fehlt: %1. Der Anbieter hat es nicht gewährt.</translation>
        </message>
        <message numerus="yes">
            <source>Too short: it was to be good for %n minute(s) at least.</source>
            <translation>
                <numerusform>Zu kurz: Es sollte noch mindestens %n Minute gelten.</numerusform>
                <numerusform>Zu kurz: Es sollte noch mindestens %n Minuten gelten.</numerusform>
            </translation>
        </message>
        <message>
            <source>A token came, but not the one that was asked for</source>
            <translation>Ein Token kam, aber nicht das verlangte</translation>
        </message>
        <message>
            <source>What is missing</source>
            <translation>Was fehlt</translation>
        </message>
        <message>
            <source>What an API asked for, or a claims request of your own. The cache is not asked then.</source>
            <translation>Was eine API verlangt hat, oder eine eigene Claims-Anfrage. Der Cache wird dann nicht gefragt.</translation>
        </message>
        <message>
            <source>Copied as</source>
            <translation>Kopiert als</translation>
        </message>
        <message>
            <source>Co&amp;pied as</source>
            <translation>Kopiert al&amp;s</translation>
        </message>
        <message>
            <source>Claims re&amp;quest</source>
            <translation>Claims-Anfra&amp;ge</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::HistoryModel</name>
        <message>
            <source>Signed in</source>
            <translation>Angemeldet</translation>
        </message>
        <message>
            <source>Refreshed</source>
            <translation>Erneuert</translation>
        </message>
        <message>
            <source>Refresh failed</source>
            <translation>Erneuerung fehlgeschlagen</translation>
        </message>
        <message>
            <source>Signed out</source>
            <translation>Abgemeldet</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>Detail</source>
            <translation>Einzelheit</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>by %1</source>
            <translation>durch %1</translation>
        </message>
        <message>
            <source>%1, by %2</source>
            <comment>how, and which program</comment>
            <translation>%1, durch %2</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ImportDialog</name>
        <message>
            <source>The issuer is a guess: test it.</source>
            <translation>Der Aussteller ist eine Vermutung: testen Sie ihn.</translation>
        </message>
        <message>
            <source>A secret was left out.</source>
            <translation>Ein Geheimnis wurde weggelassen.</translation>
        </message>
        <message>
            <source>From appsettings.</source>
            <translation>Aus appsettings.</translation>
        </message>
        <message>
            <source>From a configuration of MSAL.</source>
            <translation>Aus einer Konfiguration von MSAL.</translation>
        </message>
        <message>
            <source>From Google’s client file.</source>
            <translation>Aus Googles Client-Datei.</translation>
        </message>
        <message>
            <source>From keycloak.json.</source>
            <translation>Aus keycloak.json.</translation>
        </message>
        <message>
            <source>From a configuration of Auth0.</source>
            <translation>Aus einer Konfiguration von Auth0.</translation>
        </message>
        <message>
            <source>From a configuration.</source>
            <translation>Aus einer Konfiguration.</translation>
        </message>
        <message>
            <source>From a provider’s configuration.</source>
            <translation>Aus der Konfiguration eines Anbieters.</translation>
        </message>
        <message>
            <source>From Countersign.</source>
            <translation>Aus Countersign.</translation>
        </message>
        <message>
            <source>From environment variables.</source>
            <translation>Aus Umgebungsvariablen.</translation>
        </message>
        <message>
            <source>From the address of a sign-in.</source>
            <translation>Aus der Adresse einer Anmeldung.</translation>
        </message>
        <message>
            <source>From a .well-known address.</source>
            <translation>Aus einer .well-known-Adresse.</translation>
        </message>
        <message>
            <source>From an address.</source>
            <translation>Aus einer Adresse.</translation>
        </message>
        <message>
            <source>From a token.</source>
            <translation>Aus einem Token.</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>Was gefunden wurde</translation>
        </message>
        <message>
            <source>Import profiles</source>
            <translation>Profile importieren</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Paste appsettings JSON, a configuration of MSAL, environment lines, the address of an issuer or of a sign-in, or a token. Nothing leaves this computer, and no secret is taken over.</source>
            <translation>Fügen Sie appsettings-JSON, eine Konfiguration von MSAL, Umgebungszeilen, die Adresse eines Ausstellers oder einer Anmeldung, oder ein Token ein. Nichts verlässt diesen Computer, und kein Geheimnis wird übernommen.</translation>
        </message>
        <message>
            <source>Text with profiles</source>
            <translation>Text mit Profilen</translation>
        </message>
        <message>
            <source>&amp;Open file…</source>
            <translation>&amp;Datei öffnen…</translation>
        </message>
        <message>
            <source>Open a file</source>
            <translation>Eine Datei öffnen</translation>
        </message>
        <message>
            <source>From &amp;environment</source>
            <translation>Aus der &amp;Umgebung</translation>
        </message>
        <message>
            <source>Look into the environment variables</source>
            <translation>In den Umgebungsvariablen nachsehen</translation>
        </message>
        <message>
            <source>&amp;Import</source>
            <translation>&amp;Importieren</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Issuer</source>
            <translation>Aussteller</translation>
        </message>
        <message>
            <source>Client ID</source>
            <translation>Client-ID</translation>
        </message>
        <message>
            <source>Remarks</source>
            <translation>Bemerkungen</translation>
        </message>
        <message>
            <source>Profiles that were found</source>
            <translation>Gefundene Profile</translation>
        </message>
        <message>
            <source>Open profiles</source>
            <translation>Profile öffnen</translation>
        </message>
        <message>
            <source>This file cannot be read: %1</source>
            <translation>Diese Datei lässt sich nicht lesen: %1</translation>
        </message>
        <message>
            <source>Nothing was found yet.</source>
            <translation>Noch wurde nichts gefunden.</translation>
        </message>
        <message>
            <source>There is no profile in it that is understood here.</source>
            <translation>Es ist kein Profil darin, das hier verstanden wird.</translation>
        </message>
        <message numerus="yes">
            <source>%n can be imported. The others lack an issuer or a client ID: type it into the table.</source>
            <translation>
                <numerusform>%n lässt sich importieren. Den anderen fehlt ein Aussteller oder eine Client-ID: Tippen Sie sie in die Tabelle.</numerusform>
                <numerusform>%n lassen sich importieren. Den anderen fehlt ein Aussteller oder eine Client-ID: Tippen Sie sie in die Tabelle.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n can be imported.</source>
            <translation>
                <numerusform>%n lässt sich importieren.</numerusform>
                <numerusform>%n lassen sich importieren.</numerusform>
            </translation>
        </message>
        <message>
            <source>You have it already: %1.</source>
            <translation>Das haben Sie schon: %1.</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>Nothing is chosen: tick what you want to import.</source>
            <translation>Nichts ist ausgewählt: Haken Sie an, was Sie importieren möchten.</translation>
        </message>
        <message>
            <source>An issuer or a client ID is missing: type it into the table.</source>
            <translation>Ein Aussteller oder eine Client-ID fehlt: Tippen Sie sie in die Tabelle.</translation>
        </message>
        <message>
            <source>From a kubeconfig.</source>
            <translation>Aus einer Kubeconfig.</translation>
        </message>
        <message>
            <source>From another program’s token cache: the client is that program’s own.</source>
            <translation>Aus dem Token-Cache eines anderen Programms: Der Client ist dessen eigener.</translation>
        </message>
        <message>
            <source>What cannot be imported</source>
            <translation>Was nicht importiert werden kann</translation>
        </message>
        <message>
            <source>This &amp;computer</source>
            <translation>Dieser &amp;Computer</translation>
        </message>
        <message>
            <source>Look for what other programs on this computer know</source>
            <translation>Suchen, was andere Programme auf diesem Computer wissen</translation>
        </message>
        <message>
            <source>&amp;Stop looking</source>
            <translation>Suche &amp;abbrechen</translation>
        </message>
        <message>
            <source>Looking for what other programs know of sign-ins…</source>
            <translation>Es wird gesucht, was andere Programme von Anmeldungen wissen…</translation>
        </message>
        <message>
            <source>Looking around took too long and was given up.</source>
            <translation>Die Suche dauerte zu lange und wurde aufgegeben.</translation>
        </message>
        <message>
            <source>%1, %2: %3</source>
            <translation>%1, %2: %3</translation>
        </message>
        <message>
            <source>No other program on this computer has a profile that can be imported.</source>
            <translation>Kein anderes Programm auf diesem Computer hat ein Profil, das importiert werden kann.</translation>
        </message>
        <message>
            <source>Found as well, but not to be imported:</source>
            <translation>Ebenfalls gefunden, aber nicht zu importieren:</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::InspectorPage</name>
        <message>
            <source>Inspector</source>
            <translation>Inspektor</translation>
        </message>
        <message>
            <source>Shows what is in a token. Nothing leaves this computer.</source>
            <translation>Zeigt, was in einem Token ist. Nichts verlässt diesen Computer.</translation>
        </message>
        <message>
            <source>Open a file with a token</source>
            <translation>Eine Datei mit einem Token öffnen</translation>
        </message>
        <message>
            <source>&amp;Inspect another</source>
            <translation>Anderes &amp;untersuchen</translation>
        </message>
        <message>
            <source>Inspect another token</source>
            <translation>Ein anderes Token untersuchen</translation>
        </message>
        <message>
            <source>&amp;Paste token</source>
            <translation>Token &amp;einfügen</translation>
        </message>
        <message>
            <source>Inspects the token in the clipboard</source>
            <translation>Untersucht das Token in der Zwischenablage</translation>
        </message>
        <message>
            <source>&amp;Open token…</source>
            <translation>Token ö&amp;ffnen…</translation>
        </message>
        <message>
            <source>&amp;Inspect another token</source>
            <translation>&amp;Anderes Token untersuchen</translation>
        </message>
        <message>
            <source>The clipboard holds no text</source>
            <translation>Die Zwischenablage enthält keinen Text</translation>
        </message>
        <message>
            <source>Open in a window of its own</source>
            <translation>In einem eigenen Fenster öffnen</translation>
        </message>
        <message>
            <source>Puts the inspected token into a window of its own, beside others</source>
            <translation>Zeigt das untersuchte Token in einem eigenen Fenster, neben anderen</translation>
        </message>
        <message>
            <source>In a &amp;window of its own</source>
            <translation>In einem e&amp;igenen Fenster</translation>
        </message>
        <message>
            <source>Move the last window &amp;back</source>
            <translation>Das letzte Fenster &amp;zurückholen</translation>
        </message>
        <message>
            <source>Gives the token of the window that was opened last its tab back</source>
            <translation>Gibt dem Token des zuletzt geöffneten Fensters seinen Reiter zurück</translation>
        </message>
        <message>
            <source>&amp;Validate</source>
            <translation>&amp;Prüfen</translation>
        </message>
        <message>
            <source>Shows what was checked of the inspected token, and against what</source>
            <translation>Zeigt, was am angesehenen Token geprüft wurde und wogegen</translation>
        </message>
        <message>
            <source>Cl&amp;ose the inspected token</source>
            <translation>Das angesehene Token schließ&amp;en</translation>
        </message>
        <message numerus="yes">
            <source>%n token(s) not opened: there is no room. Close some that are open.</source>
            <translation>
                <numerusform>%n Token nicht geöffnet: Es ist kein Platz. Schließen Sie eines, das offen ist.</numerusform>
                <numerusform>%n Token nicht geöffnet: Es ist kein Platz. Schließen Sie einige, die offen sind.</numerusform>
            </translation>
        </message>
        <message>
            <source>Token</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>No QR code was found in this picture. A sharper or larger one may help; the text itself always does.</source>
            <translation>In diesem Bild ist kein QR-Code zu finden. Ein schärferes oder größeres hilft vielleicht, der Text selbst immer.</translation>
        </message>
        <message>
            <source>This picture cannot be read. PNG, JPEG, GIF and WebP are known here.</source>
            <translation>Dieses Bild ist nicht lesbar. PNG, JPEG, GIF und WebP sind hier bekannt.</translation>
        </message>
        <message>
            <source>This picture is too large: cut it down to the code.</source>
            <translation>Dieses Bild ist zu groß: bitte auf den Code zuschneiden.</translation>
        </message>
        <message>
            <source>The program that reads pictures gave up on this one. Cut it down to the code, or give the text itself.</source>
            <translation>Das Programm, das Bilder liest, hat bei diesem aufgegeben. Bitte auf den Code zuschneiden oder den Text selbst angeben.</translation>
        </message>
        <message>
            <source>This is a picture, and countersign-codereader, which reads codes in pictures, is not installed. Give the text itself.</source>
            <translation>Das ist ein Bild, und countersign-codereader, das Codes in Bildern liest, ist nicht installiert. Bitte den Text selbst angeben.</translation>
        </message>
        <message>
            <source>Looking for codes in the picture…</source>
            <translation>Im Bild wird nach Codes gesucht …</translation>
        </message>
        <message numerus="yes">
            <source>%n token(s) that stood here are not in the cache any more: replaced by newer ones, or their account is signed out.</source>
            <translation>
                <numerusform>%n Token, das hier stand, ist nicht mehr im Zwischenspeicher: durch ein neueres ersetzt, oder sein Konto ist abgemeldet.</numerusform>
                <numerusform>%n Token, die hier standen, sind nicht mehr im Zwischenspeicher: durch neuere ersetzt, oder ihr Konto ist abgemeldet.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::JsonView</name>
        <message>
            <source>Indented</source>
            <translation>Eingerückt</translation>
        </message>
        <message>
            <source>As it was signed</source>
            <translation>Wie es signiert wurde</translation>
        </message>
        <message>
            <source>Layout of the JSON</source>
            <translation>Anordnung des JSON</translation>
        </message>
        <message>
            <source>JSON of the token</source>
            <translation>JSON des Tokens</translation>
        </message>
        <message>
            <source>Copy &amp;JSON</source>
            <translation>&amp;JSON kopieren</translation>
        </message>
        <message>
            <source>Copy the JSON</source>
            <translation>Das JSON kopieren</translation>
        </message>
        <message>
            <source>There is no JSON in it.</source>
            <translation>Es ist kein JSON darin.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::MainWindow</name>
        <message>
            <source>Main actions</source>
            <translation>Wichtigste Aktionen</translation>
        </message>
        <message>
            <source>Countersign</source>
            <translation>Countersign</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Dismiss the message</source>
            <translation>Die Meldung schließen</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>C&amp;lear copied token</source>
            <translation>Kopiertes Token &amp;löschen</translation>
        </message>
        <message>
            <source>&amp;Command palette</source>
            <translation>Befehls&amp;palette</translation>
        </message>
        <message>
            <source>Search every command by its name</source>
            <translation>Jeden Befehl nach seinem Namen suchen</translation>
        </message>
        <message>
            <source>&amp;Mask for sharing the screen</source>
            <translation>Für Bildschirmfreigabe &amp;maskieren</translation>
        </message>
        <message>
            <source>Hides names and tokens until it is switched off</source>
            <translation>Verbirgt Namen und Token, bis es ausgeschaltet wird</translation>
        </message>
        <message>
            <source>&amp;Narrow navigation</source>
            <translation>&amp;Schmale Navigation</translation>
        </message>
        <message>
            <source>Ne&amp;xt area</source>
            <translation>Nä&amp;chster Bereich</translation>
        </message>
        <message>
            <source>&amp;Previous area</source>
            <translation>&amp;Voriger Bereich</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Copied token</source>
            <translation>Kopiertes Token</translation>
        </message>
        <message>
            <source>Clear now</source>
            <translation>Jetzt löschen</translation>
        </message>
        <message>
            <source>Clear the clipboard now</source>
            <translation>Die Zwischenablage jetzt löschen</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Keep the token in the clipboard</source>
            <translation>Das Token in der Zwischenablage behalten</translation>
        </message>
        <message>
            <source>Masking</source>
            <translation>Maskierung</translation>
        </message>
        <message>
            <source>Masking on</source>
            <translation>Maskierung an</translation>
        </message>
        <message>
            <source>Masking off</source>
            <translation>Maskierung aus</translation>
        </message>
        <message>
            <source>%1 – Countersign</source>
            <translation>%1 – Countersign</translation>
        </message>
        <message>
            <source>More actions</source>
            <translation>Weitere Aktionen</translation>
        </message>
        <message numerus="yes">
            <source>Copied; the clipboard is cleared in %n second(s)</source>
            <translation>
                <numerusform>Kopiert; die Zwischenablage wird in %n Sekunde gelöscht</numerusform>
                <numerusform>Kopiert; die Zwischenablage wird in %n Sekunden gelöscht</numerusform>
            </translation>
        </message>
        <message>
            <source>The copied token stays in the clipboard until this window is in front again: this desktop lets no other program clear it</source>
            <translation>Das kopierte Token bleibt in der Zwischenablage, bis dieses Fenster wieder vorn ist: Dieser Desktop lässt kein anderes Programm sie leeren</translation>
        </message>
        <message>
            <source>Copied; it stays in the clipboard until you clear it</source>
            <translation>Kopiert; es bleibt in der Zwischenablage, bis Sie sie leeren</translation>
        </message>
        <message>
            <source>&amp;Keyboard shortcuts</source>
            <translation>&amp;Tastenkürzel</translation>
        </message>
        <message>
            <source>&amp;About Countersign</source>
            <translation>Ü&amp;ber Countersign</translation>
        </message>
        <message>
            <source>About Countersign</source>
            <translation>Über Countersign</translation>
        </message>
        <message>
            <source>Countersign %1</source>
            <translation>Countersign %1</translation>
        </message>
        <message>
            <source>Signs in with OAuth 2.0 and OpenID Connect, keeps the tokens and shows what is in them.

Copyright: the Countersign authors. License: Apache 2.0, without any warranty.
Qt %1, %2.</source>
            <translation>Meldet mit OAuth 2.0 und OpenID Connect an, bewahrt die Token auf und zeigt, was darin steht.

Urheberrecht: die Autorinnen und Autoren von Countersign. Lizenz: Apache 2.0, ohne jede Gewährleistung.
Qt %1, %2.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>C&amp;laim dictionary</source>
            <translation>C&amp;laim-Wörterbuch</translation>
        </message>
        <message>
            <source>What names in tokens mean</source>
            <translation>Was Namen in Token bedeuten</translation>
        </message>
        <message>
            <source>&amp;Error dictionary</source>
            <translation>&amp;Fehlerwörterbuch</translation>
        </message>
        <message>
            <source>What failures mean, and what helps</source>
            <translation>Was Fehler bedeuten, und was hilft</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::NewProfileDialog</name>
        <message>
            <source>Redirect address to register</source>
            <translation>Zu registrierende Umleitungsadresse</translation>
        </message>
        <message>
            <source>What to know</source>
            <translation>Was man wissen sollte</translation>
        </message>
        <message>
            <source>Problem</source>
            <translation>Problem</translation>
        </message>
        <message>
            <source>New profile</source>
            <translation>Neues Profil</translation>
        </message>
        <message>
            <source>Provider</source>
            <translation>Anbieter</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>&amp;Provider</source>
            <translation>&amp;Anbieter</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>&amp;Speichern</translation>
        </message>
        <message>
            <source>&amp;All settings…</source>
            <translation>Alle Ein&amp;stellungen…</translation>
        </message>
        <message>
            <source>Copy &amp;redirect</source>
            <translation>&amp;Umleitung kopieren</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>All settings</source>
            <translation>Alle Einstellungen</translation>
        </message>
        <message>
            <source>Copy the redirect address</source>
            <translation>Die Umleitungsadresse kopieren</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>%1 (if empty)</source>
            <translation>%1 (wenn leer)</translation>
        </message>
        <message>
            <source>Redirect address to register there: %1</source>
            <translation>Dort zu registrierende Umleitungsadresse: %1</translation>
        </message>
        <message>
            <source>Still missing: %1</source>
            <translation>Es fehlt noch: %1</translation>
        </message>
        <message>
            <source>This makes no issuer: addresses begin with https:// and have no question mark.</source>
            <translation>Daraus wird kein Aussteller: Adressen beginnen mit https:// und haben kein Fragezeichen.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::Notifier</name>
        <message>
            <source>Sign in needed</source>
            <translation>Anmeldung nötig</translation>
        </message>
        <message>
            <source>%1 needs you to sign in again.</source>
            <translation>Für %1 müssen Sie sich neu anmelden.</translation>
        </message>
        <message>
            <source>Session ends soon</source>
            <translation>Sitzung endet bald</translation>
        </message>
        <message>
            <source>The session of %1 ends at %2.</source>
            <translation>Die Sitzung von %1 endet um %2.</translation>
        </message>
        <message>
            <source>Click to renew it.</source>
            <translation>Ein Klick erneuert sie.</translation>
        </message>
        <message>
            <source>Token ends soon</source>
            <translation>Token endet bald</translation>
        </message>
        <message>
            <source>A token of %1 ends at %2.</source>
            <translation>Ein Token von %1 endet um %2.</translation>
        </message>
        <message>
            <source>Click to get a new one.</source>
            <translation>Ein Klick holt ein neues.</translation>
        </message>
        <message>
            <source>Click to sign in.</source>
            <translation>Ein Klick führt zur Anmeldung.</translation>
        </message>
        <message>
            <source>Renew now</source>
            <translation>Jetzt erneuern</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Erneuern</translation>
        </message>
        <message>
            <source>Sign in</source>
            <translation>Anmelden</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Später</translation>
        </message>
        <message>
            <source>Mute for %1 hours</source>
            <translation>%1 Stunden stumm</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::PassphraseDialog</name>
        <message>
            <source>Problem</source>
            <translation>Problem</translation>
        </message>
        <message>
            <source>Choose a passphrase</source>
            <translation>Passphrase wählen</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>Passphrase</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>Zweck</translation>
        </message>
        <message>
            <source>Everything in %1 will be sealed with it. Without it nobody can read the tokens again, you neither.</source>
            <translation>Alles in %1 wird damit versiegelt. Ohne sie kann niemand die Token wieder lesen, auch Sie nicht.</translation>
        </message>
        <message>
            <source>%1 is sealed. Its passphrase opens it.</source>
            <translation>%1 ist versiegelt. Die Passphrase öffnet die Datei.</translation>
        </message>
        <message>
            <source>&amp;Passphrase</source>
            <translation>&amp;Passphrase</translation>
        </message>
        <message>
            <source>Once &amp;more</source>
            <translation>Noch ein&amp;mal</translation>
        </message>
        <message>
            <source>Passphrase, once more</source>
            <translation>Passphrase, noch einmal</translation>
        </message>
        <message>
            <source>&amp;Seal</source>
            <translation>&amp;Versiegeln</translation>
        </message>
        <message>
            <source>&amp;Open</source>
            <translation>Ö&amp;ffnen</translation>
        </message>
        <message>
            <source>Seal</source>
            <translation>Versiegeln</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message numerus="yes">
            <source>At least %n character(s).</source>
            <translation>
                <numerusform>Mindestens %n Zeichen.</numerusform>
                <numerusform>Mindestens %n Zeichen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Both have to be the same.</source>
            <translation>Beide müssen gleich sein.</translation>
        </message>
        <message>
            <source>That is not its passphrase.</source>
            <translation>Das ist nicht die Passphrase dazu.</translation>
        </message>
        <message>
            <source>Unlock the tokens – Countersign</source>
            <translation>Tokens entsperren – Countersign</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::PermissionModel</name>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
        <message>
            <source>Scope</source>
            <translation>Berechtigung</translation>
        </message>
        <message>
            <source>Asked for</source>
            <translation>Verlangt</translation>
        </message>
        <message>
            <source>Granted</source>
            <translation>Gewährt</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ProfileDialog</name>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Issuer</source>
            <translation>Aussteller</translation>
        </message>
        <message>
            <source>Redirect address</source>
            <translation>Umleitungsadresse</translation>
        </message>
        <message>
            <source>Scopes</source>
            <translation>Berechtigungen</translation>
        </message>
        <message>
            <source>Resources</source>
            <translation>Ressourcen</translation>
        </message>
        <message>
            <source>Audience</source>
            <translation>Audience</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Eingabeaufforderung (prompt)</translation>
        </message>
        <message>
            <source>Login hint</source>
            <translation>Anmeldehinweis</translation>
        </message>
        <message>
            <source>Domain hint</source>
            <translation>Domänenhinweis</translation>
        </message>
        <message>
            <source>Strength of the sign-in</source>
            <translation>Stärke der Anmeldung</translation>
        </message>
        <message>
            <source>Capabilities</source>
            <translation>Fähigkeiten</translation>
        </message>
        <message>
            <source>File of certificate authorities</source>
            <translation>Datei mit Zertifizierungsstellen</translation>
        </message>
        <message>
            <source>Ask for a &amp;refresh token</source>
            <translation>Ein A&amp;ktualisierungstoken verlangen</translation>
        </message>
        <message>
            <source>Problem</source>
            <translation>Problem</translation>
        </message>
        <message>
            <source>New profile</source>
            <translation>Neues Profil</translation>
        </message>
        <message>
            <source>Profile %1</source>
            <translation>Profil %1</translation>
        </message>
        <message>
            <source>Groups of settings</source>
            <translation>Gruppen von Einstellungen</translation>
        </message>
        <message>
            <source>&amp;Identity</source>
            <translation>&amp;Identität</translation>
        </message>
        <message>
            <source>Re&amp;quests</source>
            <translation>An&amp;fragen</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Kind of provider</source>
            <translation>Art des Anbieters</translation>
        </message>
        <message>
            <source>OpenID Connect or OAuth 2.0</source>
            <translation>OpenID Connect oder OAuth 2.0</translation>
        </message>
        <message>
            <source>Microsoft Entra ID</source>
            <translation>Microsoft Entra ID</translation>
        </message>
        <message>
            <source>How to sign in</source>
            <translation>Wie angemeldet wird</translation>
        </message>
        <message>
            <source>Whatever works best</source>
            <translation>Was am besten geht</translation>
        </message>
        <message>
            <source>In the browser</source>
            <translation>Im Browser</translation>
        </message>
        <message>
            <source>In a window of this application</source>
            <translation>In einem Fenster dieser Anwendung</translation>
        </message>
        <message>
            <source>On another device, with a code</source>
            <translation>Auf einem anderen Gerät, mit einem Code</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <source>&amp;Provider</source>
            <translation>&amp;Anbieter</translation>
        </message>
        <message>
            <source>I&amp;ssuer</source>
            <translation>A&amp;ussteller</translation>
        </message>
        <message>
            <source>Redirect &amp;address</source>
            <translation>Umlei&amp;tungsadresse</translation>
        </message>
        <message>
            <source>Sign in &amp;by</source>
            <translation>Anmelden &amp;durch</translation>
        </message>
        <message>
            <source>OpenID Connect</source>
            <translation>OpenID Connect</translation>
        </message>
        <message>
            <source>Ask for a refresh token</source>
            <translation>Ein Aktualisierungstoken verlangen</translation>
        </message>
        <message>
            <source>&amp;Scopes</source>
            <translation>&amp;Berechtigungen</translation>
        </message>
        <message>
            <source>R&amp;esources</source>
            <translation>R&amp;essourcen</translation>
        </message>
        <message>
            <source>&amp;Audience</source>
            <translation>Empfän&amp;ger</translation>
        </message>
        <message>
            <source>&amp;Prompt</source>
            <translation>&amp;Prompt</translation>
        </message>
        <message>
            <source>&amp;Capabilities</source>
            <translation>Fä&amp;higkeiten</translation>
        </message>
        <message>
            <source>Extra parameters, one a line: name=value</source>
            <translation>Zusätzliche Parameter, einer je Zeile: Name=Wert</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Certificate &amp;authorities</source>
            <translation>Zertifizierungs&amp;stellen</translation>
        </message>
        <message>
            <source>The issuer is missing.</source>
            <translation>Der Aussteller fehlt.</translation>
        </message>
        <message>
            <source>This is no issuer: an address with https:// and without a question mark is (http on this computer only). Microsoft’s needs its tenant.</source>
            <translation>Das ist kein Aussteller: Das wäre eine Adresse mit https:// und ohne Fragezeichen (http nur auf diesem Rechner). Zu der von Microsoft gehört der Mandant.</translation>
        </message>
        <message>
            <source>The client ID is missing.</source>
            <translation>Die Client-ID fehlt.</translation>
        </message>
        <message>
            <source>The redirect address cannot be used: one on this computer with http:// can, or one that begins with the application’s own scheme.</source>
            <translation>Die Umleitungsadresse ist nicht brauchbar: Möglich ist eine auf diesem Rechner mit http:// oder eine, die mit dem eigenen Schema der Anwendung beginnt.</translation>
        </message>
        <message>
            <source>The issuer and the client ID are missing.</source>
            <translation>Der Aussteller und die Client-ID fehlen.</translation>
        </message>
        <message>
            <source>What to register at the provider</source>
            <translation>Was beim Anbieter zu registrieren ist</translation>
        </message>
        <message>
            <source>OpenID Connect (asks &amp;who signs in)</source>
            <translation>OpenID Connect (fragt, wer sich &amp;anmeldet)</translation>
        </message>
        <message>
            <source>Push e&amp;very request</source>
            <translation>&amp;Jede Anfrage vorab hinterlegen</translation>
        </message>
        <message>
            <source>C&amp;lient</source>
            <translation>C&amp;lient</translation>
        </message>
        <message>
            <source>Re&amp;directs</source>
            <translation>U&amp;mleitungen</translation>
        </message>
        <message>
            <source>&amp;Trust</source>
            <translation>&amp;Vertrauen</translation>
        </message>
        <message>
            <source>N&amp;ote</source>
            <translation>N&amp;otiz</translation>
        </message>
        <message>
            <source>Empty, or without a port: any free port of this computer. With one: that port alone. An address of the application’s own scheme, msal{client ID}://auth for example, needs the window of this application.</source>
            <translation>Leer oder ohne Port: irgendein freier Port dieses Rechners. Mit Port: nur dieser. Eine Adresse mit dem eigenen Schema der Anwendung, zum Beispiel msal{Client-ID}://auth, braucht das Fenster dieser Anwendung.</translation>
        </message>
        <message>
            <source>To &amp;register</source>
            <translation>Zu &amp;registrieren</translation>
        </message>
        <message>
            <source>Push every request</source>
            <translation>Jede Anfrage vorab hinterlegen</translation>
        </message>
        <message>
            <source>For providers that take nothing else and do not say so (PAR, RFC 9126)</source>
            <translation>Für Anbieter, die nichts anderes annehmen und es nicht sagen (PAR, RFC 9126)</translation>
        </message>
        <message>
            <source>Login hi&amp;nt</source>
            <translation>Anmeldehi&amp;nweis</translation>
        </message>
        <message>
            <source>D&amp;omain hint</source>
            <translation>&amp;Domänenhinweis</translation>
        </message>
        <message>
            <source>Stren&amp;gth (acr)</source>
            <translation>S&amp;tärke (acr)</translation>
        </message>
        <message>
            <source>A PEM file, believed besides the system’s authorities, for this provider alone. The proxy is the same for all: see the settings.</source>
            <translation>Eine PEM-Datei, der außer den Zertifizierungsstellen des Systems geglaubt wird, nur für diesen Anbieter. Der Proxy ist für alle derselbe: siehe Einstellungen.</translation>
        </message>
        <message>
            <source>E&amp;xpectations</source>
            <translation>Er&amp;wartungen</translation>
        </message>
        <message>
            <source>Extra para&amp;meters</source>
            <translation>&amp;Zusätzliche Parameter</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ProfileModel</name>
        <message>
            <source>%1 (default)</source>
            <translation>%1 (Standard)</translation>
        </message>
        <message numerus="yes">
            <source>%n account(s)</source>
            <translation>
                <numerusform>%n Konto</numerusform>
                <numerusform>%n Konten</numerusform>
            </translation>
        </message>
        <message>
            <source>No account</source>
            <translation>Kein Konto</translation>
        </message>
        <message>
            <source>not tested</source>
            <translation>nicht getestet</translation>
        </message>
        <message>
            <source>works (tested %1)</source>
            <translation>funktioniert (getestet %1)</translation>
        </message>
        <message>
            <source>seems to work (tested %1)</source>
            <translation>scheint zu funktionieren (getestet %1)</translation>
        </message>
        <message>
            <source>not reached (%1)</source>
            <translation>nicht erreicht (%1)</translation>
        </message>
        <message>
            <source>does not work (tested %1)</source>
            <translation>funktioniert nicht (getestet %1)</translation>
        </message>
        <message>
            <source>Profile %1, %2 at %3, %4</source>
            <translation>Profil %1, %2 bei %3, %4</translation>
        </message>
        <message>
            <source>Profile %1, %2 at %3, cannot be used as it is</source>
            <translation>Profil %1, %2 bei %3, so nicht benutzbar</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ProfilesPage</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Provider</source>
            <translation>Anbieter</translation>
        </message>
        <message>
            <source>Issuer</source>
            <translation>Aussteller</translation>
        </message>
        <message>
            <source>Client ID</source>
            <translation>Client-ID</translation>
        </message>
        <message>
            <source>Scopes</source>
            <translation>Berechtigungen</translation>
        </message>
        <message>
            <source>Resources</source>
            <translation>Ressourcen</translation>
        </message>
        <message>
            <source>Audience</source>
            <translation>Audience</translation>
        </message>
        <message>
            <source>Redirect address</source>
            <translation>Umleitungsadresse</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>Profile</translation>
        </message>
        <message>
            <source>The applications and providers that sign-ins go through.</source>
            <translation>Die Anwendungen und Anbieter, über die Anmeldungen laufen.</translation>
        </message>
        <message>
            <source>Filter the profiles</source>
            <translation>Die Profile filtern</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <source>Name of the profile</source>
            <translation>Name des Profils</translation>
        </message>
        <message>
            <source>Settings of the profile</source>
            <translation>Einstellungen des Profils</translation>
        </message>
        <message>
            <source>What to know of this provider</source>
            <translation>Was man über diesen Anbieter wissen sollte</translation>
        </message>
        <message>
            <source>Steps of the test</source>
            <translation>Schritte des Tests</translation>
        </message>
        <message>
            <source>&amp;New…</source>
            <translation>&amp;Neu…</translation>
        </message>
        <message>
            <source>New profile</source>
            <translation>Neues Profil</translation>
        </message>
        <message>
            <source>I&amp;mport…</source>
            <translation>&amp;Importieren…</translation>
        </message>
        <message>
            <source>Import profiles</source>
            <translation>Profile importieren</translation>
        </message>
        <message>
            <source>&amp;Sign in…</source>
            <translation>An&amp;melden…</translation>
        </message>
        <message>
            <source>Ed&amp;it…</source>
            <translation>&amp;Bearbeiten…</translation>
        </message>
        <message>
            <source>Use as &amp;default</source>
            <translation>Als &amp;Standard verwenden</translation>
        </message>
        <message>
            <source>E&amp;xport</source>
            <translation>Ex&amp;portieren</translation>
        </message>
        <message>
            <source>Export the profile</source>
            <translation>Das Profil exportieren</translation>
        </message>
        <message>
            <source>Copy as &amp;JSON</source>
            <translation>Als &amp;JSON kopieren</translation>
        </message>
        <message>
            <source>Copy as &amp;environment lines</source>
            <translation>Als &amp;Umgebungszeilen kopieren</translation>
        </message>
        <message>
            <source>Copy as &amp;appsettings section</source>
            <translation>Als &amp;appsettings-Abschnitt kopieren</translation>
        </message>
        <message>
            <source>De&amp;lete</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <source>Details of the profile</source>
            <translation>Einzelheiten des Profils</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>A profile is an application’s registration at a provider. Choose the provider, or import what another program uses.</source>
            <translation>Ein Profil ist die Registrierung einer Anwendung bei einem Anbieter. Wählen Sie den Anbieter, oder importieren Sie, was ein anderes Programm verwendet.</translation>
        </message>
        <message>
            <source>New profile for %1</source>
            <translation>Neues Profil für %1</translation>
        </message>
        <message>
            <source>&amp;New profile…</source>
            <translation>&amp;Neues Profil…</translation>
        </message>
        <message>
            <source>I&amp;mport profiles…</source>
            <translation>Profile i&amp;mportieren…</translation>
        </message>
        <message>
            <source>T&amp;est</source>
            <translation>T&amp;esten</translation>
        </message>
        <message>
            <source>Test the profile</source>
            <translation>Das Profil testen</translation>
        </message>
        <message>
            <source>Will contact %1</source>
            <translation>Wird %1 kontaktieren</translation>
        </message>
        <message numerus="yes">
            <source>%n profile(s) saved</source>
            <translation>
                <numerusform>%n Profil gespeichert</numerusform>
                <numerusform>%n Profile gespeichert</numerusform>
            </translation>
        </message>
        <message>
            <source>Profile %1 was deleted</source>
            <translation>Profil %1 wurde gelöscht</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>Copied. There is no secret in it.</source>
            <translation>Kopiert. Es ist kein Geheimnis darin.</translation>
        </message>
        <message>
            <source>Cancel t&amp;est</source>
            <translation>Test &amp;abbrechen</translation>
        </message>
        <message>
            <source>Cancel the test</source>
            <translation>Den Test abbrechen</translation>
        </message>
        <message>
            <source>Test cancelled</source>
            <translation>Test abgebrochen</translation>
        </message>
        <message>
            <source>The provider answers as it should</source>
            <translation>Der Anbieter antwortet, wie er soll</translation>
        </message>
        <message>
            <source>Something is wrong with this profile</source>
            <translation>Mit diesem Profil stimmt etwas nicht</translation>
        </message>
        <message>
            <source>The provider cannot be reached</source>
            <translation>Der Anbieter ist nicht zu erreichen</translation>
        </message>
        <message>
            <source>The new profile was not saved</source>
            <translation>Das neue Profil wurde nicht gespeichert</translation>
        </message>
        <message>
            <source>The changes of profile %1 were not saved</source>
            <translation>Die Änderungen am Profil %1 wurden nicht gespeichert</translation>
        </message>
        <message>
            <source>&amp;Go on editing</source>
            <translation>&amp;Weiter bearbeiten</translation>
        </message>
        <message>
            <source>Nothing is wrong as far as can be told without a sign-in</source>
            <translation>Nichts ist falsch, soweit das ohne Anmeldung zu erkennen ist</translation>
        </message>
        <message>
            <source>The client secret was forgotten</source>
            <translation>Das Client-Geheimnis wurde vergessen</translation>
        </message>
        <message>
            <source>The client secret is stored</source>
            <translation>Das Client-Geheimnis ist gespeichert</translation>
        </message>
        <message>
            <source>Its client secret stays in the token store.</source>
            <translation>Sein Client-Geheimnis bleibt im Token-Speicher.</translation>
        </message>
        <message>
            <source>Its client secret was forgotten, and does not come back with it.</source>
            <translation>Sein Client-Geheimnis wurde vergessen und kommt nicht mit zurück.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ProviderDialog</name>
        <message>
            <source>&amp;Ask</source>
            <translation>&amp;Fragen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Introspect token</source>
            <translation>Token prüfen lassen</translation>
        </message>
        <message>
            <source>Userinfo</source>
            <translation>Userinfo</translation>
        </message>
        <message>
            <source>What will be sent</source>
            <translation>Was gesendet wird</translation>
        </message>
        <message>
            <source>Will contact %1 and show it the token: it says whether the token is still good, and for what.</source>
            <translation>Kontaktiert %1 und zeigt ihm das Token: Es sagt, ob das Token noch gilt und wofür.</translation>
        </message>
        <message>
            <source>Will contact %1, with a token of this account: it says whom it knows the account to be.</source>
            <translation>Kontaktiert %1 mit einem Token dieses Kontos: Es sagt, als wen es das Konto kennt.</translation>
        </message>
        <message>
            <source>What the provider says</source>
            <translation>Was der Anbieter sagt</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Waiting for %1</source>
            <translation>Warten auf %1</translation>
        </message>
        <message>
            <source>Nothing was sent yet</source>
            <translation>Noch wurde nichts gesendet</translation>
        </message>
        <message>
            <source>The token does not say that it comes from this provider. Whoever sees it can use it.</source>
            <translation>Das Token sagt nicht, dass es von diesem Anbieter kommt. Wer es sieht, kann es benutzen.</translation>
        </message>
        <message>
            <source>&amp;Show it to %1</source>
            <translation>%1 &amp;zeigen</translation>
        </message>
        <message>
            <source>The answer is signed, and verified.</source>
            <translation>Die Antwort ist signiert und geprüft.</translation>
        </message>
        <message>
            <source>This is what the provider says</source>
            <translation>Das sagt der Anbieter</translation>
        </message>
        <message>
            <source>The token is good</source>
            <translation>Das Token gilt</translation>
        </message>
        <message>
            <source>The token is not good any more</source>
            <translation>Das Token gilt nicht mehr</translation>
        </message>
        <message>
            <source>Expired, revoked, or never of this provider: it says no more than that.</source>
            <translation>Abgelaufen, widerrufen oder nie von diesem Anbieter: Mehr sagt er nicht.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::QrWidget</name>
        <message>
            <source>QR code</source>
            <translation>QR-Code</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::Rail</name>
        <message>
            <source>Places</source>
            <translation>Orte</translation>
        </message>
        <message numerus="yes">
            <source>%1, %n waiting for you</source>
            <translation>
                <numerusform>%1, %n wartet auf Sie</numerusform>
                <numerusform>%1, %n warten auf Sie</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, %n</source>
            <translation>
                <numerusform>%1, %n</numerusform>
                <numerusform>%1, %n</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::RawView</name>
        <message>
            <source>Header</source>
            <translation>Kopf</translation>
        </message>
        <message>
            <source>Payload</source>
            <translation>Nutzdaten</translation>
        </message>
        <message>
            <source>Signature</source>
            <translation>Signatur</translation>
        </message>
        <message>
            <source>Encrypted key</source>
            <translation>Verschlüsselter Schlüssel</translation>
        </message>
        <message>
            <source>Initialization vector</source>
            <translation>Initialisierungsvektor</translation>
        </message>
        <message>
            <source>Ciphertext</source>
            <translation>Geheimtext</translation>
        </message>
        <message>
            <source>Authentication tag</source>
            <translation>Prüfwert (Tag)</translation>
        </message>
        <message>
            <source>Disclosure</source>
            <translation>Offenlegung</translation>
        </message>
        <message>
            <source>Key binding</source>
            <translation>Schlüsselbindung</translation>
        </message>
        <message>
            <source>Larger than the %1 that many servers accept as a header.</source>
            <translation>Größer als die %1, die viele Server als Kopfzeile annehmen.</translation>
        </message>
        <message>
            <source>Small enough for the headers of every common server.</source>
            <translation>Klein genug für die Kopfzeilen aller üblichen Server.</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message numerus="yes">
            <source>%1: %n byte(s)</source>
            <translation>
                <numerusform>%1: %n Byte</numerusform>
                <numerusform>%1: %n Bytes</numerusform>
            </translation>
        </message>
        <message>
            <source>Size of this part as it stands in the token</source>
            <translation>Größe dieses Teils, wie er im Token steht</translation>
        </message>
        <message numerus="yes">
            <source>%n byte(s) in all.</source>
            <translation>
                <numerusform>%n Byte insgesamt.</numerusform>
                <numerusform>%n Bytes insgesamt.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::RefreshRow</name>
        <message>
            <source>What is waited for</source>
            <translation>Worauf gewartet wird</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Stop getting a new token</source>
            <translation>Kein neues Token mehr holen</translation>
        </message>
        <message numerus="yes">
            <source>Getting new tokens for %n account(s)</source>
            <translation>
                <numerusform>Holt neue Token für %n Konto</numerusform>
                <numerusform>Holt neue Token für %n Konten</numerusform>
            </translation>
        </message>
        <message>
            <source>Getting a new token for %1 from %2</source>
            <translation>Holt ein neues Token für %1 von %2</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::RemoveDialog</name>
        <message>
            <source>Whether a client secret of it is kept cannot be told now, and one that is kept stays where it is. %1 %2</source>
            <translation>Ob ein Client-Geheimnis von ihm aufbewahrt wird, lässt sich jetzt nicht sagen; gibt es eines, bleibt es, wo es ist. %1 %2</translation>
        </message>
        <message>
            <source>Its client secret stays in the token store: %1 goes to the same registration.</source>
            <translation>Sein Client-Geheimnis bleibt im Token-Speicher: %1 geht zur selben Registrierung.</translation>
        </message>
        <message>
            <source>The client secret of its registration is kept in the token store. Once forgotten, it cannot be brought back: whoever needs it again gets it from the provider.</source>
            <translation>Das Client-Geheimnis seiner Registrierung liegt im Token-Speicher. Einmal vergessen, lässt es sich nicht zurückholen: Wer es wieder braucht, bekommt es vom Anbieter.</translation>
        </message>
        <message>
            <source>&amp;Forget its client secret, too</source>
            <translation>Auch sein Client-Geheimnis &amp;vergessen</translation>
        </message>
        <message>
            <source>Delete profile</source>
            <translation>Profil löschen</translation>
        </message>
        <message>
            <source>Forget the client secret</source>
            <translation>Client-Geheimnis vergessen</translation>
        </message>
        <message>
            <source>&amp;Delete</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Frage</translation>
        </message>
        <message>
            <source>Delete profile %1?</source>
            <translation>Profil %1 löschen?</translation>
        </message>
        <message>
            <source>What becomes of its accounts</source>
            <translation>Was aus seinen Konten wird</translation>
        </message>
        <message>
            <source>What becomes of its client secret</source>
            <translation>Was aus seinem Client-Geheimnis wird</translation>
        </message>
        <message>
            <source>No account is signed in through it.</source>
            <translation>Kein Konto ist darüber angemeldet.</translation>
        </message>
        <message numerus="yes">
            <source>%n account(s) stay, with their tokens, in %1.</source>
            <translation>
                <numerusform>%n Konto bleibt mit seinen Tokens in %1.</numerusform>
                <numerusform>%n Konten bleiben mit ihren Tokens in %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n account(s) stay signed in, with their tokens: Accounts shows them as without a profile, and makes one again.</source>
            <translation>
                <numerusform>%n Konto bleibt mit seinen Tokens angemeldet: „Konten“ zeigt es als ohne Profil und macht wieder eines daraus.</numerusform>
                <numerusform>%n Konten bleiben mit ihren Tokens angemeldet: „Konten“ zeigt sie als ohne Profil und macht wieder eines daraus.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::RenameDialog</name>
        <message>
            <source>Account</source>
            <translation>Konto</translation>
        </message>
        <message>
            <source>Problem</source>
            <translation>Problem</translation>
        </message>
        <message>
            <source>Rename account</source>
            <translation>Konto umbenennen</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>&amp;Umbenennen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>The windows show this name instead of %1, and the command line knows the account by it. The provider is told nothing. Empty: no name of your own.</source>
            <translation>Die Fenster zeigen diesen Namen statt %1, und die Befehlszeile kennt das Konto unter ihm. Dem Anbieter wird nichts gesagt. Leer: kein eigener Name.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::RevokeDialog</name>
        <message>
            <source>What will be taken back</source>
            <translation>Was zurückgenommen wird</translation>
        </message>
        <message>
            <source>&amp;Revoke</source>
            <translation>&amp;Widerrufen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Revoke token</source>
            <translation>Token widerrufen</translation>
        </message>
        <message>
            <source>&amp;This access token</source>
            <translation>&amp;Dieses Zugriffstoken</translation>
        </message>
        <message>
            <source>%1 takes it back. An API that asks there refuses it from then on; one that only looks at the token itself takes it until it ends. The account stays signed in and gets another one.</source>
            <translation>%1 nimmt es zurück. Eine API, die dort nachfragt, lehnt es von da an ab; eine, die nur das Token selbst ansieht, nimmt es bis zu seinem Ende. Das Konto bleibt angemeldet und bekommt ein anderes.</translation>
        </message>
        <message>
            <source>The account’s re&amp;fresh token</source>
            <translation>Das &amp;Aktualisierungstoken des Kontos</translation>
        </message>
        <message>
            <source>%1 takes it back, and may end every access token that came of it. No new one comes without a sign-in; those that are here are kept until they end.</source>
            <translation>%1 nimmt es zurück und beendet vielleicht jedes Zugriffstoken, das daraus entstand. Ein neues gibt es nur mit einer Anmeldung; die hier liegen, bleiben bis zu ihrem Ende.</translation>
        </message>
        <message>
            <source>Not possible: there is none.</source>
            <translation>Nicht möglich: Es gibt keines.</translation>
        </message>
        <message>
            <source>What follows</source>
            <translation>Was daraus folgt</translation>
        </message>
        <message>
            <source>The token is not in the cache any more.</source>
            <translation>Das Token ist nicht mehr im Zwischenspeicher.</translation>
        </message>
        <message>
            <source>Will contact %1 and have it take back a token of %2. This cannot be undone.</source>
            <translation>Fragt %1 und lässt dort ein Token von %2 zurücknehmen. Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Waiting for %1 to take it back</source>
            <translation>Wartet, bis %1 es zurücknimmt</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <source>Here nothing was changed. The provider may have taken it back all the same.</source>
            <translation>Hier wurde nichts geändert. Der Anbieter kann es trotzdem zurückgenommen haben.</translation>
        </message>
        <message>
            <source>The access token was taken back</source>
            <translation>Das Zugriffstoken wurde zurückgenommen</translation>
        </message>
        <message>
            <source>It is gone here, too. The next request gets another one.</source>
            <translation>Auch hier ist es fort. Die nächste Anfrage holt ein anderes.</translation>
        </message>
        <message>
            <source>The refresh token was taken back</source>
            <translation>Das Aktualisierungstoken wurde zurückgenommen</translation>
        </message>
        <message>
            <source>It is gone here, too. Once the access tokens end, the account has to sign in again.</source>
            <translation>Auch hier ist es fort. Sind die Zugriffstokens zu Ende, muss sich das Konto neu anmelden.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SecretLabel</name>
        <message>
            <source>&amp;Reveal</source>
            <translation>&amp;Zeigen</translation>
        </message>
        <message>
            <source>&amp;Copy token</source>
            <translation>Token ko&amp;pieren</translation>
        </message>
        <message>
            <source>Token text</source>
            <translation>Text des Tokens</translation>
        </message>
        <message>
            <source>Reveal the token for 30 seconds</source>
            <translation>Das Token 30 Sekunden lang zeigen</translation>
        </message>
        <message>
            <source>Copy the token</source>
            <translation>Das Token kopieren</translation>
        </message>
        <message numerus="yes">
            <source>Hidden, %n byte(s)</source>
            <translation>
                <numerusform>Verborgen, %n Byte</numerusform>
                <numerusform>Verborgen, %n Bytes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SettingsDialog</name>
        <message>
            <source>The system’s</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Hoher Kontrast</translation>
        </message>
        <message>
            <source>Search the settings</source>
            <translation>Die Einstellungen durchsuchen</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Problem</source>
            <translation>Problem</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Groups of settings</source>
            <translation>Gruppen von Einstellungen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>General</source>
            <translation>Allgemein</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source> %</source>
            <translation> %</translation>
        </message>
        <message>
            <source>Size of the text</source>
            <translation>Größe des Texts</translation>
        </message>
        <message>
            <source>Times</source>
            <translation>Zeiten</translation>
        </message>
        <message>
            <source>&amp;Language (with the next start)</source>
            <translation>&amp;Sprache (ab dem nächsten Start)</translation>
        </message>
        <message>
            <source>Loo&amp;k</source>
            <translation>&amp;Aussehen</translation>
        </message>
        <message>
            <source>Si&amp;ze of the text</source>
            <translation>Größe des Te&amp;xts</translation>
        </message>
        <message>
            <source>&amp;Times</source>
            <translation>&amp;Zeiten</translation>
        </message>
        <message>
            <source>Sign-in</source>
            <translation>Anmeldung</translation>
        </message>
        <message>
            <source>&amp;Browser</source>
            <translation>&amp;Browser</translation>
        </message>
        <message>
            <source>The program that opens sign-in pages; it gets the address as its last word. Empty: the system’s browser. Takes effect with the next start, here and on the command line.</source>
            <translation>Das Programm, das Anmeldeseiten öffnet; es bekommt die Adresse als letztes Wort. Leer: der Browser des Systems. Gilt ab dem nächsten Start, hier und auf der Befehlszeile.</translation>
        </message>
        <message>
            <source>Storage</source>
            <translation>Speicherort</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Privatsphäre</translation>
        </message>
        <message>
            <source>Start &amp;masked, for sharing the screen</source>
            <translation>&amp;Maskiert starten, für Bildschirmfreigaben</translation>
        </message>
        <message>
            <source>Start masked</source>
            <translation>Maskiert starten</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source>Seconds until a copied token leaves the clipboard</source>
            <translation>Sekunden, bis ein kopiertes Token die Zwischenablage verlässt</translation>
        </message>
        <message>
            <source>&amp;Clear a copied token after</source>
            <translation>&amp;Kopiertes Token löschen nach</translation>
        </message>
        <message>
            <source>There is no telemetry, and nothing to switch off.</source>
            <translation>Es gibt keine Telemetrie und nichts abzuschalten.</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netzwerk</translation>
        </message>
        <message>
            <source>&amp;Proxy</source>
            <translation>&amp;Proxy</translation>
        </message>
        <message>
            <source>http://host:port, socks5://host:port or none. Empty: the system’s. Takes effect with the next start.</source>
            <translation>http://host:port, socks5://host:port oder none. Leer: wie das System. Gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Certificate &amp;authorities</source>
            <translation>Zertifizierungs&amp;stellen</translation>
        </message>
        <message>
            <source>A PEM file with authorities to trust besides the system’s. Takes effect with the next start.</source>
            <translation>Eine PEM-Datei mit Zertifizierungsstellen, denen außer denen des Systems vertraut wird. Gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>&amp;Start when I log in</source>
            <translation>Beim Anmelden am &amp;Rechner starten</translation>
        </message>
        <message>
            <source>Start when I log in</source>
            <translation>Beim Anmelden am Rechner starten</translation>
        </message>
        <message>
            <source>Show the icon in the tra&amp;y</source>
            <translation>Das S&amp;ymbol im Infobereich zeigen</translation>
        </message>
        <message>
            <source>Show the icon in the tray</source>
            <translation>Das Symbol im Infobereich zeigen</translation>
        </message>
        <message>
            <source>Cl&amp;osing the window leaves the program in the tray</source>
            <translation>Beim Schließen des Fensters &amp;bleibt das Programm im Infobereich</translation>
        </message>
        <message>
            <source>Closing the window leaves the program in the tray</source>
            <translation>Beim Schließen des Fensters bleibt das Programm im Infobereich</translation>
        </message>
        <message>
            <source>Begin &amp;with</source>
            <translation>Beginnen &amp;mit</translation>
        </message>
        <message>
            <source>Where the profile does not say how to sign in, here and on the command line.</source>
            <translation>Wo das Profil nicht sagt, wie man sich anmeldet, hier und auf der Befehlszeile.</translation>
        </message>
        <message>
            <source>Whatever works best</source>
            <translation>Was am besten geht</translation>
        </message>
        <message>
            <source>The browser</source>
            <translation>Dem Browser</translation>
        </message>
        <message>
            <source>A window of this application</source>
            <translation>Einem Fenster dieser Anwendung</translation>
        </message>
        <message>
            <source>A code on another device</source>
            <translation>Einem Code auf einem anderen Gerät</translation>
        </message>
        <message>
            <source>&amp;Ports for the way back</source>
            <translation>&amp;Ports für den Rückweg</translation>
        </message>
        <message>
            <source>Ports of this computer that the browser may come back to, where a firewall wants to know them. Empty: any free one. Takes effect with the next start.</source>
            <translation>Ports dieses Rechners, an die der Browser zurückkehren darf, wo eine Firewall sie wissen will. Leer: irgendein freier. Gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Without a &amp;keychain</source>
            <translation>Ohne &amp;Schlüsselbund</translation>
        </message>
        <message>
            <source>What happens when the system’s keychain cannot be reached.</source>
            <translation>Was geschieht, wenn der Schlüsselbund des Systems nicht erreichbar ist.</translation>
        </message>
        <message>
            <source>Ask at every sign-in</source>
            <translation>Bei jeder Anmeldung fragen</translation>
        </message>
        <message>
            <source>Keep tokens until the program ends</source>
            <translation>Token bis zum Programmende behalten</translation>
        </message>
        <message>
            <source>Kee&amp;p tokens in</source>
            <translation>Token &amp;aufbewahren in</translation>
        </message>
        <message>
            <source>keychain, memory, file:PATH (sealed with a passphrase) or msal:PATH (MSAL’s own file, readable by every program of yours). Takes effect with the next start; tokens stay where they are.</source>
            <translation>keychain, memory, file:PFAD (mit einer Passphrase versiegelt) oder msal:PFAD (die Datei von MSAL selbst, lesbar für jedes Ihrer Programme). Gilt ab dem nächsten Start; Token bleiben, wo sie sind.</translation>
        </message>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n Sekunde</numerusform>
                <numerusform>%n Sekunden</numerusform>
            </translation>
        </message>
        <message>
            <source>never</source>
            <translation>nie</translation>
        </message>
        <message>
            <source>Under Wayland only the program in front may clear the clipboard: a copied token goes when one of these windows is in front again.</source>
            <translation>Unter Wayland darf nur das Programm im Vordergrund die Zwischenablage leeren: Ein kopiertes Token verschwindet, wenn eines dieser Fenster wieder vorn ist.</translation>
        </message>
        <message>
            <source>Keep the &amp;history for</source>
            <translation>&amp;Verlauf behalten für</translation>
        </message>
        <message>
            <source>Sign-ins, refreshes and failures of each account, on this computer only. 0 keeps none.</source>
            <translation>Anmeldungen, Erneuerungen und Fehlschläge jedes Kontos, nur auf diesem Rechner. 0 behält keinen.</translation>
        </message>
        <message>
            <source>as long as there is room</source>
            <translation>solange Platz ist</translation>
        </message>
        <message>
            <source> days</source>
            <translation> Tage</translation>
        </message>
        <message>
            <source>&amp;Offline: send nothing</source>
            <translation>&amp;Offline: nichts senden</translation>
        </message>
        <message>
            <source>Cached tokens can still be used, here and on the command line. Takes effect at once.</source>
            <translation>Zwischengespeicherte Token sind weiter verwendbar, hier und auf der Befehlszeile. Gilt sofort.</translation>
        </message>
        <message>
            <source>&amp;Wait for a provider</source>
            <translation>Auf einen Anbieter &amp;warten</translation>
        </message>
        <message>
            <source>How long one answer may take, 5 to 300 seconds. Takes effect with the next start.</source>
            <translation>Wie lange eine Antwort dauern darf, 5 bis 300 Sekunden. Gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>30 s, as usual</source>
            <translation>30 s, wie üblich</translation>
        </message>
        <message>
            <source>The system’s list of what starts at login cannot be written.</source>
            <translation>Die Liste des Systems, was beim Anmelden startet, lässt sich nicht schreiben.</translation>
        </message>
        <message>
            <source>Window of this applicat&amp;ion</source>
            <translation>Fens&amp;ter dieser Anwendung</translation>
        </message>
        <message>
            <source>What it does with the provider’s cookies. Kept, the next sign-in may need no password; they lie on this computer, unsealed, and every program of yours can use them. Choosing to forget deletes them at once.</source>
            <translation>Was es mit den Cookies des Anbieters macht. Aufbewahrt braucht die nächste Anmeldung vielleicht kein Passwort; sie liegen unversiegelt auf diesem Rechner, und jedes Ihrer Programme kann sie benutzen. Wer Vergessen wählt, löscht sie sofort.</translation>
        </message>
        <message>
            <source>Forgets them when it closes</source>
            <translation>Vergisst sie beim Schließen</translation>
        </message>
        <message>
            <source>Keeps what the provider wants kept</source>
            <translation>Bewahrt auf, was der Anbieter aufbewahrt haben will</translation>
        </message>
        <message>
            <source>&amp;Forget them now</source>
            <translation>&amp;Jetzt vergessen</translation>
        </message>
        <message>
            <source>Forget what the sign-in window keeps</source>
            <translation>Vergessen, was das Anmeldefenster aufbewahrt</translation>
        </message>
        <message>
            <source>Not everything could be deleted: a sign-in window may be open.</source>
            <translation>Nicht alles ließ sich löschen: Vielleicht ist ein Anmeldefenster offen.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SharedRows</name>
        <message>
            <source>“%1” cannot be right here. The note below the field says what can.</source>
            <translation>„%1“ kann hier nicht stimmen. Der Hinweis unter dem Feld sagt, was stimmen kann.</translation>
        </message>
        <message>
            <source>The settings cannot be written.</source>
            <translation>Die Einstellungen lassen sich nicht schreiben.</translation>
        </message>
        <message>
            <source>Locked by the administrator of this computer, in %1.</source>
            <translation>Von der Systemverwaltung dieses Rechners gesperrt, in %1.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ShortcutsDialog</name>
        <message>
            <source> or </source>
            <translation> oder </translation>
        </message>
        <message>
            <source>In some places</source>
            <translation>An einzelnen Stellen</translation>
        </message>
        <message>
            <source>Inspector: the first of the five views, and so on</source>
            <translation>Inspektor: die erste der fünf Ansichten, und so weiter</translation>
        </message>
        <message>
            <source>Inspector: look into what was typed</source>
            <translation>Inspektor: das Eingetippte untersuchen</translation>
        </message>
        <message>
            <source>Claims: find</source>
            <translation>Claims: suchen</translation>
        </message>
        <message>
            <source>Sign-in window: from the page to the bar, and back</source>
            <translation>Anmeldefenster: von der Seite zur Leiste und zurück</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <source>The settings change those of the menus. The command palette finds every command by its name.</source>
            <translation>Die der Menüs lassen sich in den Einstellungen ändern. Die Befehlspalette findet jeden Befehl unter seinem Namen.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Dialogs that do something: copy as command</source>
            <translation>Dialoge, die etwas tun: Als Befehl kopieren</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ShortcutsGroup</name>
        <message>
            <source>Shortcut of %1</source>
            <translation>Tastenkürzel von %1</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>Aktion</translation>
        </message>
        <message>
            <source>Shortcut</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Shortcuts of the actions</source>
            <translation>Tastenkürzel der Aktionen</translation>
        </message>
        <message>
            <source>Press Enter or double-click to change a shortcut, then press its keys.</source>
            <translation>Mit Eingabe oder Doppelklick ein Tastenkürzel ändern, dann seine Tasten drücken.</translation>
        </message>
        <message>
            <source>&amp;Reset all</source>
            <translation>Alle &amp;zurücksetzen</translation>
        </message>
        <message>
            <source>Reset all shortcuts</source>
            <translation>Alle Tastenkürzel zurücksetzen</translation>
        </message>
        <message>
            <source>%1 belongs to “%2” already.</source>
            <translation>%1 gehört schon zu „%2“.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SignInDialog</name>
        <message>
            <source>Sign in to %1</source>
            <translation>Bei %1 anmelden</translation>
        </message>
        <message>
            <source>At %1. Asks for: %2</source>
            <translation>Bei %1. Verlangt: %2</translation>
        </message>
        <message>
            <source>T&amp;rouble?</source>
            <translation>&amp;Probleme?</translation>
        </message>
        <message>
            <source>Help with what goes wrong</source>
            <translation>Hilfe, wenn etwas schiefgeht</translation>
        </message>
        <message>
            <source>Copy as co&amp;mmand</source>
            <translation>Als Befe&amp;hl kopieren</translation>
        </message>
        <message>
            <source>Copies the command line that signs in the same way (Ctrl+Shift+K)</source>
            <translation>Kopiert die Befehlszeile, die auf dieselbe Weise anmeldet (Strg+Umschalt+K)</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>You or the provider declined</source>
            <translation>Sie oder der Anbieter haben abgelehnt</translation>
        </message>
        <message>
            <source>&amp;Try again</source>
            <translation>&amp;Noch einmal</translation>
        </message>
        <message>
            <source>Somebody else signed in than was expected</source>
            <translation>Jemand anders hat sich angemeldet als erwartet</translation>
        </message>
        <message>
            <source>&amp;Keep both</source>
            <translation>&amp;Beide behalten</translation>
        </message>
        <message>
            <source>The code ran out</source>
            <translation>Der Code ist abgelaufen</translation>
        </message>
        <message>
            <source>Nobody entered it in time. Nothing was stored.</source>
            <translation>Niemand hat ihn rechtzeitig eingegeben. Nichts wurde gespeichert.</translation>
        </message>
        <message>
            <source>&amp;New code</source>
            <translation>&amp;Neuer Code</translation>
        </message>
        <message>
            <source>&amp;Unlock</source>
            <translation>&amp;Entsperren</translation>
        </message>
        <message>
            <source>Use for this &amp;session only</source>
            <translation>Nur für diese &amp;Sitzung verwenden</translation>
        </message>
        <message>
            <source>Signed in as %1</source>
            <translation>Angemeldet als %1</translation>
        </message>
        <message>
            <source>Granted %1 of %2 scopes</source>
            <translation>%1 von %2 Berechtigungen gewährt</translation>
        </message>
        <message>
            <source>Missing: %1</source>
            <translation>Es fehlen: %1</translation>
        </message>
        <message>
            <source>C&amp;ontinue</source>
            <translation>&amp;Fortfahren</translation>
        </message>
        <message>
            <source>&amp;Ask again</source>
            <translation>&amp;Noch einmal fragen</translation>
        </message>
        <message>
            <source>Copy admin consent &amp;link</source>
            <translation>Link zur &amp;Administratorzustimmung kopieren</translation>
        </message>
        <message>
            <source>&amp;Inspect</source>
            <translation>&amp;Untersuchen</translation>
        </message>
        <message>
            <source>device code %1 left</source>
            <translation>Gerätecode noch %1</translation>
        </message>
        <message>
            <source>Choose another &amp;place…</source>
            <translation>Anderen &amp;Ort wählen…</translation>
        </message>
        <message>
            <source>%1 signed in, %2 was asked for</source>
            <translation>%1 hat sich angemeldet, gefragt war nach %2</translation>
        </message>
        <message>
            <source>What Cancel does now</source>
            <translation>Was Abbrechen jetzt bewirkt</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SignInForm</name>
        <message>
            <source>No scope is asked for: the provider decides what the token is good for.</source>
            <translation>Keine Berechtigung wird verlangt: Der Anbieter entscheidet, wofür das Token gut ist.</translation>
        </message>
        <message>
            <source>Entra gives one token for one resource: ask for the scopes of %1 in turn.</source>
            <translation>Entra gibt ein Token für eine Ressource: Verlangen Sie die Berechtigungen von %1 nacheinander.</translation>
        </message>
        <message>
            <source>openid is not among the scopes: it is added, so that the person can be told apart.</source>
            <translation>openid ist nicht unter den Berechtigungen: Es wird ergänzt, damit die Person zu unterscheiden ist.</translation>
        </message>
        <message>
            <source>&amp;Keep me signed in</source>
            <translation>Ich will ange&amp;meldet bleiben</translation>
        </message>
        <message>
            <source>&amp;Forget everything when the program ends</source>
            <translation>Alles &amp;vergessen, wenn das Programm endet</translation>
        </message>
        <message>
            <source>&amp;More</source>
            <translation>&amp;Weiteres</translation>
        </message>
        <message>
            <source>&amp;Sign in</source>
            <translation>&amp;Anmelden</translation>
        </message>
        <message>
            <source>Sign in</source>
            <translation>Anmelden</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>Profil</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Konto</translation>
        </message>
        <message>
            <source>anybody</source>
            <translation>irgendwer</translation>
        </message>
        <message>
            <source>Scopes</source>
            <translation>Berechtigungen</translation>
        </message>
        <message>
            <source>Resource</source>
            <translation>Ressource</translation>
        </message>
        <message>
            <source>only if the provider wants it (RFC 8707)</source>
            <translation>nur wenn der Anbieter es verlangt (RFC 8707)</translation>
        </message>
        <message>
            <source>Begin with</source>
            <translation>Beginnen mit</translation>
        </message>
        <message>
            <source>Keep me signed in</source>
            <translation>Angemeldet bleiben</translation>
        </message>
        <message>
            <source>Asks for a refresh token</source>
            <translation>Verlangt ein Aktualisierungstoken</translation>
        </message>
        <message>
            <source>Forget everything when the program ends</source>
            <translation>Alles vergessen, wenn das Programm endet</translation>
        </message>
        <message>
            <source>&amp;Profile</source>
            <translation>&amp;Profil</translation>
        </message>
        <message>
            <source>&amp;Account</source>
            <translation>&amp;Konto</translation>
        </message>
        <message>
            <source>S&amp;copes</source>
            <translation>&amp;Berechtigungen</translation>
        </message>
        <message>
            <source>&amp;Begin with</source>
            <translation>Be&amp;ginnen mit</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Eingabeaufforderung (prompt)</translation>
        </message>
        <message>
            <source>as the provider likes</source>
            <translation>wie der Anbieter will</translation>
        </message>
        <message>
            <source>ask for the password again</source>
            <translation>noch einmal nach dem Passwort fragen</translation>
        </message>
        <message>
            <source>let me choose the account</source>
            <translation>mich das Konto wählen lassen</translation>
        </message>
        <message>
            <source>ask for consent again</source>
            <translation>noch einmal um Zustimmung fragen</translation>
        </message>
        <message>
            <source>Domain hint</source>
            <translation>Domänenhinweis</translation>
        </message>
        <message>
            <source>Greatest age of the sign-in, in seconds</source>
            <translation>Höchstes Alter der Anmeldung, in Sekunden</translation>
        </message>
        <message>
            <source>any</source>
            <translation>beliebig</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source>Authentication context (acr_values)</source>
            <translation>Authentifizierungskontext (acr_values)</translation>
        </message>
        <message>
            <source>P&amp;rompt</source>
            <translation>P&amp;rompt</translation>
        </message>
        <message>
            <source>Reso&amp;urce</source>
            <translation>Resso&amp;urce</translation>
        </message>
        <message>
            <source>&amp;Domain hint</source>
            <translation>&amp;Domänenhinweis</translation>
        </message>
        <message>
            <source>Max a&amp;ge</source>
            <translation>Höchstal&amp;ter</translation>
        </message>
        <message>
            <source>acr &amp;values</source>
            <translation>acr-W&amp;erte</translation>
        </message>
        <message>
            <source>C&amp;laims</source>
            <translation>C&amp;laims</translation>
        </message>
        <message>
            <source>More options</source>
            <translation>Weitere Optionen</translation>
        </message>
        <message>
            <source>Copy as comma&amp;nd</source>
            <translation>Als Befe&amp;hl kopieren</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>%1 (not possible here)</source>
            <translation>%1 (hier nicht möglich)</translation>
        </message>
        <message>
            <source>There is no profile yet. A profile says which provider, and which application of yours there.</source>
            <translation>Es gibt noch kein Profil. Ein Profil sagt, welcher Anbieter, und welche Ihrer Anwendungen dort.</translation>
        </message>
        <message>
            <source>The issuer is not encrypted (http): everybody on the way could read the tokens.</source>
            <translation>Der Aussteller ist nicht verschlüsselt (http): Jeder auf dem Weg könnte die Token lesen.</translation>
        </message>
        <message>
            <source>memory, until the program ends</source>
            <translation>Arbeitsspeicher, bis das Programm endet</translation>
        </message>
        <message>
            <source>Asks %1 for a code to enter on another device. The result is kept in %2.</source>
            <translation>Verlangt von %1 einen Code für ein anderes Gerät. Das Ergebnis wird in %2 aufbewahrt.</translation>
        </message>
        <message>
            <source>Opens %1 in a window of its own that remembers nothing; a code for another device is offered beside it. The result is kept in %2.</source>
            <translation>Öffnet %1 in einem eigenen Fenster, das sich nichts merkt; daneben wird ein Code für ein anderes Gerät angeboten. Das Ergebnis wird in %2 aufbewahrt.</translation>
        </message>
        <message>
            <source>add a scope</source>
            <translation>Berechtigung hinzufügen</translation>
        </message>
        <message>
            <source>From the address of an AP&amp;I…</source>
            <translation>Aus der Adresse einer AP&amp;I…</translation>
        </message>
        <message>
            <source>Scopes from the address of an API</source>
            <translation>Berechtigungen aus der Adresse einer API</translation>
        </message>
        <message>
            <source>Finds out what to ask for to call an API. Nothing is sent.</source>
            <translation>Findet heraus, was man verlangen muss, um eine API aufzurufen. Nichts wird gesendet.</translation>
        </message>
        <message>
            <source>Extra parameters, one a line: name=value</source>
            <translation>Zusätzliche Parameter, einer je Zeile: Name=Wert</translation>
        </message>
        <message>
            <source>E&amp;xtra parameters</source>
            <translation>&amp;Zusätzliche Parameter</translation>
        </message>
        <message>
            <source>Offline mode is on: nothing is sent. The settings switch it off.</source>
            <translation>Der Offline-Modus ist an: Nichts wird gesendet. Die Einstellungen schalten ihn aus.</translation>
        </message>
        <message>
            <source>Address of an API</source>
            <translation>Adresse einer API</translation>
        </message>
        <message>
            <source>The address that you want to call, or its host. Nothing is sent there.</source>
            <translation>Die Adresse, die Sie aufrufen wollen, oder ihr Rechnername. Dorthin wird nichts gesendet.</translation>
        </message>
        <message>
            <source>This is no address of an API: it begins with https://.</source>
            <translation>Das ist keine Adresse einer API: Sie beginnt mit https://.</translation>
        </message>
        <message>
            <source>Opens %1 in a window of its own that keeps the provider’s cookies; a code for another device is offered beside it. The result is kept in %2.</source>
            <translation>Öffnet %1 in einem eigenen Fenster, das die Cookies des Anbieters aufbewahrt; daneben gibt es einen Code für ein anderes Gerät. Das Ergebnis kommt in %2.</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importieren…</translation>
        </message>
        <message>
            <source>Import a profile</source>
            <translation>Ein Profil importieren</translation>
        </message>
        <message>
            <source>From the pasted address of a sign-in, a token, or what another program uses</source>
            <translation>Aus der Adresse einer Anmeldung, einem Token oder dem, was ein anderes Programm benutzt</translation>
        </message>
        <message>
            <source>Not possible: this profile asks for no refresh token. Its settings can change that.</source>
            <translation>Nicht möglich: Dieses Profil verlangt kein Aktualisierungstoken. Das lässt sich in seinen Einstellungen ändern.</translation>
        </message>
        <message>
            <source>The provider does not name %1 among its scopes: it may refuse the sign-in, or leave that out.</source>
            <translation>Der Anbieter nennt %1 nicht unter seinen Berechtigungen: Er kann die Anmeldung ablehnen oder das weglassen.</translation>
        </message>
        <message>
            <source>Why nobody can be kept signed in</source>
            <translation>Warum niemand angemeldet bleiben kann</translation>
        </message>
        <message>
            <source>Copies the command line that signs in the same way (Ctrl+Shift+K)</source>
            <translation>Kopiert die Befehlszeile, die auf dieselbe Weise anmeldet (Strg+Umschalt+K)</translation>
        </message>
        <message>
            <source>Understands claims challenges (cp1)</source>
            <translation>Versteht Claims-Nachforderungen (cp1)</translation>
        </message>
        <message>
            <source>Tells the provider so; its tokens may live longer, and end when an API says so</source>
            <translation>Sagt es dem Anbieter; dessen Tokens können dann länger gelten und enden, wenn eine API es sagt</translation>
        </message>
        <message>
            <source>The issuer ends with a slash, which counts: most providers write theirs without one.</source>
            <translation>Der Aussteller endet mit einem Schrägstrich, und der zählt: Die meisten Anbieter schreiben ihren ohne.</translation>
        </message>
        <message>
            <source>this computer</source>
            <translation>diesem Computer</translation>
        </message>
        <message>
            <source>http://%1 at a free port</source>
            <translation>http://%1 an einem freien Port</translation>
        </message>
        <message>
            <source>http://%1 at a free one of the ports %2</source>
            <translation>http://%1 an einem freien der Ports %2</translation>
        </message>
        <message>
            <source>Opens your usual browser at %1 and returns to %2; a code for another device is offered beside it. The result is kept in %3.</source>
            <translation>Öffnet Ihren üblichen Browser bei %1 und kommt zurück zu %2; daneben wird ein Code für ein anderes Gerät angeboten. Das Ergebnis wird in %3 aufbewahrt.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SignOutDialog</name>
        <message>
            <source>&amp;Sign out</source>
            <translation>&amp;Abmelden</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Sign out %1</source>
            <translation>%1 abmelden</translation>
        </message>
        <message>
            <source>Forget the tokens here</source>
            <translation>Die Token hier vergessen</translation>
        </message>
        <message>
            <source>Always: that is what signing out means.</source>
            <translation>Immer: Das heißt Abmelden.</translation>
        </message>
        <message>
            <source>&amp;Revoke the refresh token at the provider</source>
            <translation>Das Aktualisierungstoken beim Anbieter &amp;widerrufen</translation>
        </message>
        <message>
            <source>Not possible: this provider has no address for it.</source>
            <translation>Nicht möglich: Dieser Anbieter hat keine Adresse dafür.</translation>
        </message>
        <message>
            <source>Not needed: there is no refresh token.</source>
            <translation>Nicht nötig: Es gibt kein Aktualisierungstoken.</translation>
        </message>
        <message>
            <source>Asks %1, so that no copy of it works any more. This cannot be undone.</source>
            <translation>Bittet %1 darum, damit keine Kopie davon mehr gilt. Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>&amp;End the session in the browser</source>
            <translation>Die &amp;Sitzung im Browser beenden</translation>
        </message>
        <message>
            <source>Opens a page of %1. The next sign-in asks for the password again.</source>
            <translation>Öffnet eine Seite von %1. Die nächste Anmeldung fragt wieder nach dem Passwort.</translation>
        </message>
        <message>
            <source>Not possible: this provider keeps no session that could be ended.</source>
            <translation>Nicht möglich: Dieser Anbieter hält keine Sitzung, die sich beenden ließe.</translation>
        </message>
        <message>
            <source>Copy as co&amp;mmand</source>
            <translation>Als Befe&amp;hl kopieren</translation>
        </message>
        <message numerus="yes">
            <source>%n access token(s)</source>
            <translation>
                <numerusform>%n Zugriffstoken</numerusform>
                <numerusform>%n Zugriffstoken</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n ID token(s)</source>
            <translation>
                <numerusform>%n ID-Token</numerusform>
                <numerusform>%n ID-Token</numerusform>
            </translation>
        </message>
        <message>
            <source>the refresh token</source>
            <translation>das Aktualisierungstoken</translation>
        </message>
        <message>
            <source>Will be removed: %1.</source>
            <translation>Wird entfernt: %1.</translation>
        </message>
        <message>
            <source>Signing out</source>
            <translation>Meldet ab</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Signed out here, but not everything worked</source>
            <translation>Hier abgemeldet, aber nicht alles gelang</translation>
        </message>
        <message>
            <source>Signed out</source>
            <translation>Abgemeldet</translation>
        </message>
        <message>
            <source>Forget what the sign-in &amp;window keeps</source>
            <translation>&amp;Vergessen, was das Anmeldefenster aufbewahrt</translation>
        </message>
        <message>
            <source>Cookies of this profile’s provider on this computer. Other accounts of the profile have to type their password again, too.</source>
            <translation>Cookies des Anbieters dieses Profils auf diesem Rechner. Auch andere Konten des Profils müssen ihr Passwort wieder eingeben.</translation>
        </message>
        <message>
            <source>The same application is used by %1: the account is signed out there, too.</source>
            <translation>Dieselbe Anwendung benutzt auch %1: Das Konto wird auch dort abgemeldet.</translation>
        </message>
        <message>
            <source>&amp;Open again</source>
            <translation>Noch einmal öf&amp;fnen</translation>
        </message>
        <message>
            <source>Copies the command line that signs out the same way (Ctrl+Shift+K)</source>
            <translation>Kopiert die Befehlszeile, die auf dieselbe Weise abmeldet (Strg+Umschalt+K)</translation>
        </message>
        <message>
            <source>Open the page in the browser again</source>
            <translation>Die Seite noch einmal im Browser öffnen</translation>
        </message>
        <message numerus="yes">
            <source>The browser has %n second(s) more to take the page</source>
            <translation>
                <numerusform>Der Browser hat noch %n Sekunde, die Seite zu nehmen</numerusform>
                <numerusform>Der Browser hat noch %n Sekunden, die Seite zu nehmen</numerusform>
            </translation>
        </message>
        <message>
            <source>Signed out here, but not everything was done</source>
            <translation>Hier abgemeldet, aber nicht alles wurde getan</translation>
        </message>
        <message>
            <source>The account is gone from this computer. What was left when you stopped stands below.</source>
            <translation>Das Konto ist von diesem Computer gelöscht. Was beim Abbrechen noch fehlte, steht darunter.</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Nichts wurde geändert.</translation>
        </message>
        <message>
            <source>Cancelled half way</source>
            <translation>Auf halbem Weg abgebrochen</translation>
        </message>
        <message>
            <source>What was done before, and what was not, stands below.</source>
            <translation>Was vorher getan wurde und was nicht, steht darunter.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SignOutSteps</name>
        <message>
            <source>Refresh token at the provider</source>
            <translation>Aktualisierungstoken beim Anbieter</translation>
        </message>
        <message>
            <source>Session at the provider</source>
            <translation>Sitzung beim Anbieter</translation>
        </message>
        <message>
            <source>Tokens on this computer</source>
            <translation>Token auf diesem Computer</translation>
        </message>
        <message>
            <source>taken back</source>
            <translation>zurückgenommen</translation>
        </message>
        <message>
            <source>its page was opened in the browser; it ends when you finish there</source>
            <translation>Die Seite dafür ist im Browser geöffnet; sie endet, wenn Sie dort fertig werden</translation>
        </message>
        <message>
            <source>removed</source>
            <translation>entfernt</translation>
        </message>
        <message>
            <source>stopped; the provider may have taken it back all the same</source>
            <translation>abgebrochen; der Anbieter kann es trotzdem zurückgenommen haben</translation>
        </message>
        <message>
            <source>stopped; its page was not opened</source>
            <translation>abgebrochen; die Seite dafür wurde nicht geöffnet</translation>
        </message>
        <message>
            <source>stopped; the list of accounts tells whether they are still there</source>
            <translation>abgebrochen; die Liste der Konten zeigt, ob sie noch da sind</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <comment>a part of a sign-out and what became of it</comment>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>the provider offers no way</source>
            <translation>Der Anbieter bietet keinen Weg</translation>
        </message>
        <message>
            <source>left as it is</source>
            <translation>bleibt, wie es ist</translation>
        </message>
        <message>
            <source>failed. %1</source>
            <translation>fehlgeschlagen. %1</translation>
        </message>
        <message>
            <source>Removing the tokens from %1</source>
            <translation>Entfernt die Token aus %1</translation>
        </message>
        <message>
            <source>Reading the configuration of %1</source>
            <translation>Liest die Konfiguration von %1</translation>
        </message>
        <message>
            <source>Waiting for %1 to take the refresh token back</source>
            <translation>Wartet, dass %1 das Aktualisierungstoken zurücknimmt</translation>
        </message>
        <message>
            <source>Handing the page of %1 to your browser</source>
            <translation>Übergibt die Seite von %1 an Ihren Browser</translation>
        </message>
        <message>
            <source>What became of each part</source>
            <translation>Was aus jedem Teil wurde</translation>
        </message>
        <message>
            <source>under way</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>to come</source>
            <translation>steht aus</translation>
        </message>
        <message>
            <source>not done</source>
            <translation>nicht getan</translation>
        </message>
        <message>
            <source>Cookies of the sign-in window: to come</source>
            <translation>Cookies des Anmeldefensters: steht aus</translation>
        </message>
        <message>
            <source>Cookies of the sign-in window: not deleted</source>
            <translation>Cookies des Anmeldefensters: nicht gelöscht</translation>
        </message>
        <message>
            <source>Cookies of the sign-in window: deleted</source>
            <translation>Cookies des Anmeldefensters: gelöscht</translation>
        </message>
        <message>
            <source>Cookies of the sign-in window: some could not be deleted</source>
            <translation>Cookies des Anmeldefensters: einige ließen sich nicht löschen</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::StageLine</name>
        <message>
            <source>then</source>
            <translation>dann</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>%1, done</source>
            <translation>%1, erledigt</translation>
        </message>
        <message>
            <source>%1, now</source>
            <translation>%1, jetzt</translation>
        </message>
        <message>
            <source>%1, to come</source>
            <translation>%1, steht aus</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::StepList</name>
        <message>
            <source>About this line</source>
            <translation>Zu dieser Zeile</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::StepModel</name>
        <message>
            <source>Issuer of the profile</source>
            <translation>Aussteller des Profils</translation>
        </message>
        <message>
            <source>Configuration of the provider</source>
            <translation>Konfiguration des Anbieters</translation>
        </message>
        <message>
            <source>Keys of the provider</source>
            <translation>Schlüssel des Anbieters</translation>
        </message>
        <message>
            <source>Protection of the code (PKCE)</source>
            <translation>Schutz des Codes (PKCE)</translation>
        </message>
        <message>
            <source>Sign-in with a code on another device</source>
            <translation>Anmeldung mit einem Code auf einem anderen Gerät</translation>
        </message>
        <message>
            <source>Taking tokens back</source>
            <translation>Token zurücknehmen</translation>
        </message>
        <message>
            <source>Ending the provider’s session</source>
            <translation>Sitzung beim Anbieter beenden</translation>
        </message>
        <message>
            <source>Issuer in the answer (RFC 9207)</source>
            <translation>Aussteller in der Antwort (RFC 9207)</translation>
        </message>
        <message>
            <source>Scopes of the profile</source>
            <translation>Berechtigungen des Profils</translation>
        </message>
        <message>
            <source>Clock</source>
            <translation>Uhr</translation>
        </message>
        <message>
            <source>Own files</source>
            <translation>Eigene Dateien</translation>
        </message>
        <message>
            <source>Who can read the own files</source>
            <translation>Wer die eigenen Dateien lesen kann</translation>
        </message>
        <message>
            <source>Policy of this computer in force</source>
            <translation>Geltende Richtlinie dieses Rechners</translation>
        </message>
        <message>
            <source>Place for tokens: open</source>
            <translation>Ort für Token: öffnen</translation>
        </message>
        <message>
            <source>Place for tokens: write, read back, delete</source>
            <translation>Ort für Token: schreiben, zurücklesen, löschen</translation>
        </message>
        <message>
            <source>Answers to 127.0.0.1</source>
            <translation>Antworten an 127.0.0.1</translation>
        </message>
        <message>
            <source>Answers to ::1</source>
            <translation>Antworten an ::1</translation>
        </message>
        <message>
            <source>Browser</source>
            <translation>Browser</translation>
        </message>
        <message>
            <source>Display</source>
            <translation>Anzeige</translation>
        </message>
        <message>
            <source>Embedded sign-in window</source>
            <translation>Eingebettetes Anmeldefenster</translation>
        </message>
        <message>
            <source>Proxy</source>
            <translation>Proxy</translation>
        </message>
        <message>
            <source>Certificate authorities</source>
            <translation>Zertifizierungsstellen</translation>
        </message>
        <message>
            <source>Core files</source>
            <translation>Speicherabbilder</translation>
        </message>
        <message>
            <source>Provider answers</source>
            <translation>Anbieter antwortet</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Trying</source>
            <translation>Läuft</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>Gefunden</translation>
        </message>
        <message>
            <source>The same as here</source>
            <translation>Dieselbe Zeit wie hier</translation>
        </message>
        <message numerus="yes">
            <source>This computer is %n second(s) ahead</source>
            <translation>
                <numerusform>Dieser Computer geht %n Sekunde vor</numerusform>
                <numerusform>Dieser Computer geht %n Sekunden vor</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>This computer is %n second(s) behind</source>
            <translation>
                <numerusform>Dieser Computer geht %n Sekunde nach</numerusform>
                <numerusform>Dieser Computer geht %n Sekunden nach</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n key(s)</source>
            <translation>
                <numerusform>%n Schlüssel</numerusform>
                <numerusform>%n Schlüssel</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n authority(ies)</source>
            <translation>
                <numerusform>%n Zertifizierungsstelle</numerusform>
                <numerusform>%n Zertifizierungsstellen</numerusform>
            </translation>
        </message>
        <message>
            <source>Port %1</source>
            <translation>Port %1</translation>
        </message>
        <message>
            <source>The provider does not offer it</source>
            <translation>Bietet der Anbieter nicht an</translation>
        </message>
        <message>
            <source>None is set</source>
            <translation>Keiner ist eingestellt</translation>
        </message>
        <message>
            <source>Nothing has been saved there yet</source>
            <translation>Dort wurde noch nichts gespeichert</translation>
        </message>
        <message>
            <source>Keychain (%1)</source>
            <translation>Schlüsselbund (%1)</translation>
        </message>
        <message>
            <source>None was found: a sign-in’s link has to be taken to one by hand</source>
            <translation>Keiner gefunden: Der Link einer Anmeldung muss von Hand in einen gebracht werden</translation>
        </message>
        <message>
            <source>Encrypted connection (TLS)</source>
            <translation>Verschlüsselte Verbindung (TLS)</translation>
        </message>
        <message>
            <source>Client ID and redirect address</source>
            <translation>Client-ID und Umleitungsadresse</translation>
        </message>
        <message>
            <source>Name resolution</source>
            <translation>Namensauflösung</translation>
        </message>
        <message>
            <source>Redirect addresses with a scheme of their own</source>
            <translation>Umleitungsadressen mit eigenem Schema</translation>
        </message>
        <message>
            <source>Programs in the search path</source>
            <translation>Programme im Suchpfad</translation>
        </message>
        <message>
            <source>Plain http, on this computer</source>
            <translation>Einfaches http, auf diesem Rechner</translation>
        </message>
        <message>
            <source>There is none, so nothing is locked</source>
            <translation>Es gibt keine, also ist nichts gesperrt</translation>
        </message>
        <message>
            <source>No profile has one</source>
            <translation>Kein Profil hat eine</translation>
        </message>
        <message>
            <source>None of this name is there</source>
            <translation>Keines dieses Namens ist da</translation>
        </message>
        <message>
            <source>The provider knows both (%1)</source>
            <translation>Der Anbieter kennt beide (%1)</translation>
        </message>
        <message>
            <source>Refused: the provider does not know the client ID or the redirect address (%1)</source>
            <translation>Abgelehnt: Der Anbieter kennt die Client-ID oder die Umleitungsadresse nicht (%1)</translation>
        </message>
        <message>
            <source>The provider knows both, but refuses what is asked for (%1)</source>
            <translation>Der Anbieter kennt beide, lehnt aber ab, worum gebeten wird (%1)</translation>
        </message>
        <message>
            <source>Cannot be told: the provider shows a page instead of an answer (%1)</source>
            <translation>Nicht zu erkennen: Der Anbieter zeigt eine Seite, statt zu antworten (%1)</translation>
        </message>
        <message>
            <source>Others of the same name come first: %1</source>
            <translation>Andere gleichen Namens kommen zuerst: %1</translation>
        </message>
        <message>
            <source>%1: only the sign-in window of our own could see it, which does not work</source>
            <translation>%1: nur das eigene Anmeldefenster könnte sie sehen, und das geht nicht</translation>
        </message>
        <message>
            <source>%1: the sign-in window of our own sees it</source>
            <translation>%1: das eigene Anmeldefenster sieht sie</translation>
        </message>
        <message>
            <source>The provider takes this client’s requests pushed alone, which its configuration does not say: switch on “Push every request” in the profile, under Requests</source>
            <translation>Der Anbieter nimmt Anfragen dieses Clients nur vorab hinterlegt an, was seine Konfiguration nicht sagt: Schalten Sie im Profil unter „Anfragen“ „Jede Anfrage vorab hinterlegen“ ein</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::StorageGroup</name>
        <message>
            <source>Place of the tokens</source>
            <translation>Ort der Token</translation>
        </message>
        <message>
            <source>State of the store</source>
            <translation>Zustand des Speichers</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>&amp;Testen</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>the usual place</source>
            <translation>der übliche Ort</translation>
        </message>
        <message>
            <source>&amp;Move everything…</source>
            <translation>Alles &amp;verschieben…</translation>
        </message>
        <message>
            <source>How the move went</source>
            <translation>Wie das Verschieben ausging</translation>
        </message>
        <message>
            <source>Start &amp;anew</source>
            <translation>&amp;Neu starten</translation>
        </message>
        <message>
            <source>Forget &amp;everything…</source>
            <translation>Alles v&amp;ergessen…</translation>
        </message>
        <message>
            <source>What is lost</source>
            <translation>Was verloren geht</translation>
        </message>
        <message>
            <source>How it went</source>
            <translation>Wie es ausging</translation>
        </message>
        <message>
            <source>Test the store</source>
            <translation>Speicher testen</translation>
        </message>
        <message>
            <source>Not tested since this dialog was opened.</source>
            <translation>Seit dem Öffnen dieses Fensters nicht getestet.</translation>
        </message>
        <message>
            <source>Tokens lie in</source>
            <translation>Token liegen in</translation>
        </message>
        <message>
            <source>Move everything to</source>
            <translation>Alles verschieben nach</translation>
        </message>
        <message>
            <source>The system’s keychain</source>
            <translation>Schlüsselbund des Systems</translation>
        </message>
        <message>
            <source>A file sealed with a passphrase</source>
            <translation>Eine mit einer Passphrase versiegelte Datei</translation>
        </message>
        <message>
            <source>MSAL’s own file, readable by every program of yours</source>
            <translation>Die Datei von MSAL selbst, lesbar für jedes Ihrer Programme</translation>
        </message>
        <message>
            <source>Move e&amp;verything to</source>
            <translation>A&amp;lles verschieben nach</translation>
        </message>
        <message>
            <source>&amp;Forget it all</source>
            <translation>Alles ver&amp;gessen</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Writing, reading back, deleting…</source>
            <translation>Schreiben, zurücklesen, löschen…</translation>
        </message>
        <message>
            <source>Verified at %1.</source>
            <translation>Geprüft um %1.</translation>
        </message>
        <message>
            <source>the file</source>
            <translation>der Datei</translation>
        </message>
        <message>
            <source>Moving, and reading back what was written…</source>
            <translation>Wird verschoben, und das Geschriebene wird zurückgelesen…</translation>
        </message>
        <message>
            <source>Nothing was moved. The new place has to be another one, and empty.</source>
            <translation>Nichts wurde verschoben. Der neue Ort muss ein anderer sein, und leer.</translation>
        </message>
        <message>
            <source>Nothing was moved. %1</source>
            <translation>Nichts wurde verschoben. %1</translation>
        </message>
        <message>
            <source>Everything lies in the new place, and the old one is empty. Countersign has to start anew to use it.</source>
            <translation>Alles liegt am neuen Ort, und der alte ist leer. Countersign muss neu starten, um ihn zu verwenden.</translation>
        </message>
        <message numerus="yes">
            <source>%n account(s)</source>
            <translation>
                <numerusform>%n Konto</numerusform>
                <numerusform>%n Konten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n token(s)</source>
            <translation>
                <numerusform>%n Token</numerusform>
                <numerusform>%n Token</numerusform>
            </translation>
        </message>
        <message>
            <source>All of it in %1 is forgotten and cannot be brought back. Nothing is revoked at any provider: sign out first, where that matters.</source>
            <translation>Alles in %1 wird vergessen und lässt sich nicht zurückholen. Bei keinem Anbieter wird etwas widerrufen: Melden Sie sich vorher ab, wo das wichtig ist.</translation>
        </message>
        <message>
            <source>Forgetting…</source>
            <translation>Wird vergessen…</translation>
        </message>
        <message>
            <source>Everything is forgotten.</source>
            <translation>Alles ist vergessen.</translation>
        </message>
        <message>
            <source>Everything lies in the new place, but the old one could not be emptied: what was there can still be read there. %1 Countersign has to start anew.</source>
            <translation>Alles liegt am neuen Ort, aber der alte ließ sich nicht leeren: Was dort lag, lässt sich dort noch lesen. %1 Countersign muss neu starten.</translation>
        </message>
        <message>
            <source>Nothing was moved, because the old place cannot be reached. From the new start on, tokens are kept in the new one.</source>
            <translation>Es wurde nichts verschoben, weil der alte Ort nicht erreichbar ist. Ab dem Neustart liegen Token am neuen.</translation>
        </message>
        <message numerus="yes">
            <source>%n client secret(s)</source>
            <translation>
                <numerusform>%n Client-Geheimnis</numerusform>
                <numerusform>%n Client-Geheimnisse</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SummaryView</name>
        <message>
            <source>Kind of token</source>
            <translation>Art des Tokens</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Zusammenfassung</translation>
        </message>
        <message>
            <source>Summary of the token</source>
            <translation>Zusammenfassung des Tokens</translation>
        </message>
        <message>
            <source>Copy &amp;sentence</source>
            <translation>&amp;Satz kopieren</translation>
        </message>
        <message>
            <source>Copy the sentence</source>
            <translation>Den Satz kopieren</translation>
        </message>
        <message>
            <source>All &amp;checks</source>
            <translation>Alle Prü&amp;fungen</translation>
        </message>
        <message>
            <source>Show all checks</source>
            <translation>Alle Prüfungen zeigen</translation>
        </message>
        <message>
            <source>Verify with the keys of %1</source>
            <translation>Mit den Schlüsseln von %1 prüfen</translation>
        </message>
        <message>
            <source>Will contact %1</source>
            <translation>Wird %1 kontaktieren</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>Warnung</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Verif&amp;y with the keys of %1</source>
            <translation>Mit den Schlüsseln &amp;von %1 prüfen</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::TokenActions</name>
        <message>
            <source>&amp;Inspect</source>
            <translation>&amp;Untersuchen</translation>
        </message>
        <message>
            <source>Opens the chosen token in the inspector</source>
            <translation>Öffnet das gewählte Token im Inspektor</translation>
        </message>
        <message>
            <source>&amp;Remind me before it ends</source>
            <translation>Vor dem Ende e&amp;rinnern</translation>
        </message>
        <message>
            <source>Tells you five minutes before the chosen token ends, while the program runs</source>
            <translation>Sagt fünf Minuten vor dem Ende des gewählten Tokens Bescheid, solange das Programm läuft</translation>
        </message>
        <message>
            <source>&amp;Copy token</source>
            <translation>Token ko&amp;pieren</translation>
        </message>
        <message>
            <source>Copies the chosen token; the clipboard is cleared after a while</source>
            <translation>Kopiert das gewählte Token; die Zwischenablage wird nach einer Weile gelöscht</translation>
        </message>
        <message>
            <source>&amp;Header</source>
            <translation>&amp;Kopfzeile</translation>
        </message>
        <message>
            <source>Copies an Authorization header with the chosen token</source>
            <translation>Kopiert eine Authorization-Kopfzeile mit dem gewählten Token</translation>
        </message>
        <message>
            <source>c&amp;url command</source>
            <translation>c&amp;url-Befehl</translation>
        </message>
        <message>
            <source>Copies the beginning of a curl command with the chosen token</source>
            <translation>Kopiert den Anfang eines curl-Befehls mit dem gewählten Token</translation>
        </message>
        <message>
            <source>&amp;PowerShell command</source>
            <translation>&amp;PowerShell-Befehl</translation>
        </message>
        <message>
            <source>Copies the beginning of an Invoke-RestMethod command with the chosen token</source>
            <translation>Kopiert den Anfang eines Invoke-RestMethod-Befehls mit dem gewählten Token</translation>
        </message>
        <message>
            <source>HTTP&amp;ie command</source>
            <translation>HTTP&amp;ie-Befehl</translation>
        </message>
        <message>
            <source>Copies the beginning of an http command with the chosen token</source>
            <translation>Kopiert den Anfang eines http-Befehls mit dem gewählten Token</translation>
        </message>
        <message>
            <source>&amp;JSON</source>
            <translation>&amp;JSON</translation>
        </message>
        <message>
            <source>Copies the chosen token as a token response has it</source>
            <translation>Kopiert das gewählte Token, wie es in einer Token-Antwort steht</translation>
        </message>
        <message>
            <source>&amp;Environment line</source>
            <translation>&amp;Umgebungszeile</translation>
        </message>
        <message>
            <source>Copies ACCESS_TOKEN= with the chosen token</source>
            <translation>Kopiert ACCESS_TOKEN= mit dem gewählten Token</translation>
        </message>
        <message>
            <source>Copy &amp;as</source>
            <translation>Kopieren &amp;als</translation>
        </message>
        <message>
            <source>Copy re&amp;dacted</source>
            <translation>G&amp;eschwärzt kopieren</translation>
        </message>
        <message>
            <source>Copies the chosen token without its signature: it can be read and is worth nothing</source>
            <translation>Kopiert das gewählte Token ohne seine Signatur: Es lässt sich lesen und ist nichts wert</translation>
        </message>
        <message>
            <source>I&amp;ntrospect…</source>
            <translation>Prüfen &amp;lassen…</translation>
        </message>
        <message>
            <source>Asks the provider what it thinks of the chosen token</source>
            <translation>Fragt den Anbieter, was er vom gewählten Token hält</translation>
        </message>
        <message>
            <source>&amp;Userinfo…</source>
            <translation>&amp;Userinfo…</translation>
        </message>
        <message>
            <source>Asks the provider whom it knows the chosen token’s account to be</source>
            <translation>Fragt den Anbieter, als wen er das Konto des gewählten Tokens kennt</translation>
        </message>
        <message>
            <source>Re&amp;voke…</source>
            <translation>&amp;Widerrufen…</translation>
        </message>
        <message>
            <source>Has the provider take the chosen token back, or the refresh token of its account</source>
            <translation>Lässt den Anbieter das gewählte Token zurücknehmen, oder das Aktualisierungstoken seines Kontos</translation>
        </message>
        <message>
            <source>Choose a token in a list of them first</source>
            <translation>Erst ein Token in einer Liste wählen</translation>
        </message>
        <message>
            <source>Offline mode is on: nothing is sent</source>
            <translation>Der Offline-Modus ist an: Nichts wird gesendet</translation>
        </message>
        <message>
            <source>Providers say something of access tokens only</source>
            <translation>Anbieter sagen nur zu Zugriffstoken etwas</translation>
        </message>
        <message>
            <source>Providers take back access tokens and refresh tokens only</source>
            <translation>Anbieter nehmen nur Zugriffs- und Aktualisierungstokens zurück</translation>
        </message>
        <message>
            <source>This provider takes no tokens back</source>
            <translation>Dieser Anbieter nimmt keine Token zurück</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::TokenBox</name>
        <message>
            <source>Problem</source>
            <translation>Problem</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Text with a token</source>
            <translation>Text mit einem Token</translation>
        </message>
        <message>
            <source>&amp;Inspect</source>
            <translation>&amp;Untersuchen</translation>
        </message>
        <message>
            <source>Inspect the text</source>
            <translation>Den Text untersuchen</translation>
        </message>
        <message>
            <source>&amp;Paste</source>
            <translation>&amp;Einfügen</translation>
        </message>
        <message>
            <source>Paste from the clipboard</source>
            <translation>Aus der Zwischenablage einfügen</translation>
        </message>
        <message>
            <source>Ope&amp;n…</source>
            <translation>Ö&amp;ffnen…</translation>
        </message>
        <message>
            <source>Open a file with a token</source>
            <translation>Eine Datei mit einem Token öffnen</translation>
        </message>
        <message>
            <source>Tr&amp;y a sample</source>
            <translation>&amp;Beispiel ansehen</translation>
        </message>
        <message>
            <source>Try a sample</source>
            <translation>Ein Beispiel ansehen</translation>
        </message>
        <message>
            <source>Press Ctrl+Enter to look into it when it is complete.</source>
            <translation>Wenn es vollständig ist: mit Strg+Eingabe untersuchen.</translation>
        </message>
        <message>
            <source>Paste a token, an Authorization header, a curl command, an address, a token response or a picture with a QR code. Nothing leaves this computer.</source>
            <translation>Token, Authorization-Header, curl-Befehl, Adresse, Token-Antwort oder Bild mit QR-Code einfügen. Nichts verlässt diesen Computer.</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>Cancel the reading of the picture</source>
            <translation>Lesen des Bildes abbrechen</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::TokenModel</name>
        <message>
            <source>Access token</source>
            <translation>Zugriffstoken</translation>
        </message>
        <message>
            <source>ID token</source>
            <translation>ID-Token</translation>
        </message>
        <message>
            <source>Token</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Scopes</source>
            <translation>Berechtigungen</translation>
        </message>
        <message>
            <source>Expires</source>
            <translation>Läuft ab</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Resource</source>
            <translation>Ressource</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Herkunft</translation>
        </message>
        <message>
            <source>Bound</source>
            <translation>Gebunden</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::TokenTabs</name>
        <message>
            <source>Tokens that were found</source>
            <translation>Gefundene Token</translation>
        </message>
        <message>
            <source>A tab that is dragged out of the bar gets a window of its own.</source>
            <translation>Ein Reiter, der aus der Leiste gezogen wird, bekommt ein eigenes Fenster.</translation>
        </message>
        <message>
            <source>%1 – %2</source>
            <translation>%1 – %2</translation>
        </message>
        <message>
            <source>%1 – %2, %3</source>
            <comment>kind, person, issuer</comment>
            <translation>%1 – %2, %3</translation>
        </message>
        <message>
            <source>Close this token</source>
            <translation>Dieses Token schließen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Another</source>
            <translation>Weiteres</translation>
        </message>
        <message>
            <source>Takes another token</source>
            <translation>Nimmt ein weiteres Token</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::TokenView</name>
        <message>
            <source>Copy redacte&amp;d</source>
            <translation>&amp;Geschwärzt kopieren</translation>
        </message>
        <message>
            <source>Copy the token without its signature</source>
            <translation>Das Token ohne seine Signatur kopieren</translation>
        </message>
        <message>
            <source>Without its signature it can be decoded, and not used</source>
            <translation>Ohne Signatur lässt es sich lesen, aber nicht verwenden</translation>
        </message>
        <message>
            <source>Views of the token</source>
            <translation>Ansichten des Tokens</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Zusammenfassung</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>Angaben</translation>
        </message>
        <message>
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <source>Raw</source>
            <translation>Rohform</translation>
        </message>
        <message>
            <source>Checks</source>
            <translation>Prüfungen</translation>
        </message>
        <message>
            <source>Not verified: decoded only</source>
            <translation>Nicht geprüft: nur gelesen</translation>
        </message>
        <message>
            <source>%1. Nobody has checked the signature, so anybody may have written this.</source>
            <translation>%1. Niemand hat die Signatur geprüft, also kann das jeder geschrieben haben.</translation>
        </message>
        <message>
            <source>Verified against what you expect</source>
            <translation>Geprüft gegen Ihre Erwartungen</translation>
        </message>
        <message>
            <source>Issued by %1, signed with %2. Every check passed.</source>
            <translation>Ausgestellt von %1, signiert mit %2. Jede Prüfung wurde bestanden.</translation>
        </message>
        <message>
            <source>Issued by %1, signed with %2. Every check that is possible here passed.</source>
            <translation>Ausgestellt von %1, signiert mit %2. Jede Prüfung, die hier möglich ist, ist bestanden.</translation>
        </message>
        <message>
            <source>Not verified: a check failed</source>
            <translation>Nicht geprüft: Eine Prüfung schlug fehl</translation>
        </message>
        <message>
            <source>%1. %2</source>
            <translation>%1. %2</translation>
        </message>
        <message>
            <source>Not verified: not everything was compared</source>
            <translation>Nicht geprüft: Es wurde nicht alles verglichen</translation>
        </message>
        <message>
            <source>%1. The signature is right. Not compared: %2. Say under Checks what you expect.</source>
            <translation>%1. Die Signatur stimmt. Nicht verglichen: %2. Unter „Prüfungen“ lässt sich sagen, was erwartet wird.</translation>
        </message>
        <message>
            <source>Not verified: only its issuer can</source>
            <translation>Nicht geprüft: Das kann nur der Aussteller</translation>
        </message>
        <message>
            <source>%1. It carries no signature that could be checked here.</source>
            <translation>%1. Es trägt keine Signatur, die sich hier prüfen ließe.</translation>
        </message>
        <message>
            <source>Not verified: it is encrypted</source>
            <translation>Nicht geprüft: verschlüsselt</translation>
        </message>
        <message>
            <source>%1. Only the holder of the recipient’s key can read and check it.</source>
            <translation>%1. Nur wer den Schlüssel des Empfängers hat, kann es lesen und prüfen.</translation>
        </message>
        <message>
            <source>Not verified: too large</source>
            <translation>Nicht geprüft: zu groß</translation>
        </message>
        <message>
            <source>%1. It has %2, and tokens of up to %3 are checked. It is shown up to %4.</source>
            <translation>%1. Es hat %2, und geprüft werden Token bis %3. Gezeigt wird es bis %4.</translation>
        </message>
        <message>
            <source>Not verified: shown, not checked</source>
            <translation>Nicht geprüft, nur gezeigt</translation>
        </message>
        <message>
            <source>%1. Tokens of this kind are recognised here and not checked.</source>
            <translation>%1. Token dieser Art werden hier erkannt und nicht geprüft.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::TokenWindow</name>
        <message>
            <source>%1 – Countersign</source>
            <translation>%1 – Countersign</translation>
        </message>
        <message>
            <source>Dragged to the inspector’s tabs, it goes back there.</source>
            <translation>Zu den Reitern des Inspektors gezogen, kehrt er dorthin zurück.</translation>
        </message>
        <message>
            <source>Move &amp;back</source>
            <translation>&amp;Zurückholen</translation>
        </message>
        <message>
            <source>Move back into the inspector</source>
            <translation>In den Inspektor zurückholen</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::TokensPage</name>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Every token that is kept, and how long it lasts</source>
            <translation>Jedes aufbewahrte Token, und wie lange es gilt</translation>
        </message>
        <message>
            <source>Filter tokens</source>
            <translation>Token filtern</translation>
        </message>
        <message>
            <source>Filter by account, profile or scope</source>
            <translation>Nach Konto, Profil oder Berechtigung filtern</translation>
        </message>
        <message>
            <source>No tokens yet. Sign in, and they appear here.</source>
            <translation>Noch keine Token. Melden Sie sich an, dann erscheinen sie hier.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::Tray</name>
        <message>
            <source>Countersign</source>
            <translation>Countersign</translation>
        </message>
        <message>
            <source>%1 – %2</source>
            <translation>%1 – %2</translation>
        </message>
        <message>
            <source>Copy token for %1</source>
            <translation>Token für %1 kopieren</translation>
        </message>
        <message>
            <source>No token</source>
            <translation>Kein Token</translation>
        </message>
        <message numerus="yes">
            <source>%n more in the window</source>
            <translation>
                <numerusform>%n weiteres im Fenster</numerusform>
                <numerusform>%n weitere im Fenster</numerusform>
            </translation>
        </message>
        <message>
            <source>Paste token</source>
            <translation>Token einfügen</translation>
        </message>
        <message>
            <source>No notifications for 8 hours</source>
            <translation>8 Stunden keine Benachrichtigungen</translation>
        </message>
        <message>
            <source>Open Countersign</source>
            <translation>Countersign öffnen</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Inspect token for %1</source>
            <translation>Token für %1 untersuchen</translation>
        </message>
        <message>
            <source>Refresh now</source>
            <translation>Jetzt erneuern</translation>
        </message>
        <message>
            <source>Hide names and tokens now</source>
            <translation>Namen und Token jetzt verbergen</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::TroubleMenu</name>
        <message>
            <source>Proxy or certificate: look at the network</source>
            <translation>Proxy oder Zertifikat: das Netz ansehen</translation>
        </message>
        <message>
            <source>The wrong account is taken: let me choose one</source>
            <translation>Das falsche Konto wird genommen: ich will wählen</translation>
        </message>
        <message>
            <source>A company device is demanded: use the browser</source>
            <translation>Ein Firmengerät wird verlangt: den Browser verwenden</translation>
        </message>
        <message>
            <source>The browser did not open: open it again</source>
            <translation>Der Browser ging nicht auf: noch einmal öffnen</translation>
        </message>
        <message>
            <source>The page complains about the redirect address…</source>
            <translation>Die Seite bemängelt die Umleitungsadresse…</translation>
        </message>
        <message>
            <source>The answer never arrives: test the way back…</source>
            <translation>Die Antwort kommt nie an: den Rückweg testen…</translation>
        </message>
        <message>
            <source>The browser cannot come back: paste its address…</source>
            <translation>Der Browser kann nicht zurück: Adresse einfügen…</translation>
        </message>
        <message>
            <source>Register this redirect address at the provider</source>
            <translation>Registrieren Sie diese Umleitungsadresse beim Anbieter</translation>
        </message>
        <message>
            <source>%1
It has been copied. Providers that follow RFC 8252 take http://127.0.0.1 with any port; others need the port written down in the profile.</source>
            <translation>%1
Sie wurde kopiert. Anbieter, die RFC 8252 befolgen, nehmen http://127.0.0.1 mit jedem Port; bei anderen muss der Port im Profil stehen.</translation>
        </message>
        <message>
            <source>Paste the address</source>
            <translation>Die Adresse einfügen</translation>
        </message>
        <message>
            <source>Copy the whole address from the browser that could not come back, and paste it here.</source>
            <translation>Kopieren Sie die ganze Adresse aus dem Browser, der nicht zurück konnte, und fügen Sie sie hier ein.</translation>
        </message>
        <message>
            <source>This address does not answer this sign-in</source>
            <translation>Diese Adresse beantwortet diese Anmeldung nicht</translation>
        </message>
        <message>
            <source>It waits on. Paste the address at which the browser stopped just now.</source>
            <translation>Es wird weiter gewartet. Fügen Sie die Adresse ein, bei der der Browser eben stehen blieb.</translation>
        </message>
        <message>
            <source>Testing the way back</source>
            <translation>Der Rückweg wird getestet</translation>
        </message>
        <message>
            <source>Asking %1</source>
            <translation>%1 wird gefragt</translation>
        </message>
        <message>
            <source>&amp;Paste the address</source>
            <translation>Die Adresse &amp;einfügen</translation>
        </message>
        <message>
            <source>Use a &amp;code on another device</source>
            <translation>Einen &amp;Code auf einem anderen Gerät verwenden</translation>
        </message>
        <message>
            <source>The way back works</source>
            <translation>Der Rückweg funktioniert</translation>
        </message>
        <message>
            <source>A test answer reached %1. If the browser still cannot come back, it runs on another computer or in a container: paste the address at which it stopped.</source>
            <translation>Eine Testantwort hat %1 erreicht. Wenn der Browser trotzdem nicht zurückkommt, läuft er auf einem anderen Rechner oder in einem Container: Fügen Sie die Adresse ein, an der er stehen blieb.</translation>
        </message>
        <message>
            <source>The way back is closed</source>
            <translation>Der Rückweg ist versperrt</translation>
        </message>
        <message>
            <source>A test of %1 failed: %2 A security program may forbid programs of this computer to listen. The code for another device needs no way back.</source>
            <translation>Die Probe von %1 ist gescheitert: %2 Vielleicht verbietet ein Sicherheitsprogramm den Programmen dieses Rechners zu lauschen. Der Code für ein anderes Gerät braucht keinen Rückweg.</translation>
        </message>
        <message>
            <source>another program answers there.</source>
            <translation>Dort antwortet ein anderes Programm.</translation>
        </message>
        <message>
            <source>no answer came in time.</source>
            <translation>Es kam nicht rechtzeitig eine Antwort.</translation>
        </message>
        <message>
            <source>that address is not on this computer.</source>
            <translation>Diese Adresse gehört nicht zu diesem Rechner.</translation>
        </message>
        <message>
            <source>no connection could be made.</source>
            <translation>Es kam keine Verbindung zustande.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::WayCards</name>
        <message>
            <source>&amp;Open again</source>
            <translation>Noch einmal öf&amp;fnen</translation>
        </message>
        <message>
            <source>Open the page in the browser again</source>
            <translation>Die Seite noch einmal im Browser öffnen</translation>
        </message>
        <message>
            <source>Copy &amp;link</source>
            <translation>&amp;Link kopieren</translation>
        </message>
        <message>
            <source>Copy the link of the sign-in page</source>
            <translation>Den Link der Anmeldeseite kopieren</translation>
        </message>
        <message>
            <source>Other &amp;browser</source>
            <translation>Anderer &amp;Browser</translation>
        </message>
        <message>
            <source>Open the page in another browser</source>
            <translation>Die Seite in einem anderen Browser öffnen</translation>
        </message>
        <message>
            <source>&amp;Copy code</source>
            <translation>&amp;Code kopieren</translation>
        </message>
        <message>
            <source>Copy the code</source>
            <translation>Den Code kopieren</translation>
        </message>
        <message>
            <source>&amp;QR code…</source>
            <translation>&amp;QR-Code…</translation>
        </message>
        <message>
            <source>Show the code large and as a QR code</source>
            <translation>Den Code groß und als QR-Code zeigen</translation>
        </message>
        <message>
            <source>&amp;New code</source>
            <translation>&amp;Neuer Code</translation>
        </message>
        <message>
            <source>Ask for a new code</source>
            <translation>Einen neuen Code verlangen</translation>
        </message>
        <message>
            <source>Show &amp;sign-in window</source>
            <translation>&amp;Anmeldefenster zeigen</translation>
        </message>
        <message>
            <source>Show the sign-in window</source>
            <translation>Das Anmeldefenster zeigen</translation>
        </message>
        <message>
            <source>Opens %1 in your usual browser.</source>
            <translation>Öffnet %1 in Ihrem üblichen Browser.</translation>
        </message>
        <message>
            <source>%1 is open in your browser. Finish there.</source>
            <translation>%1 ist in Ihrem Browser offen. Schließen Sie die Anmeldung dort ab.</translation>
        </message>
        <message>
            <source>Will open %1 in a moment.</source>
            <translation>Wird %1 gleich öffnen.</translation>
        </message>
        <message>
            <source>&amp;Open</source>
            <translation>Ö&amp;ffnen</translation>
        </message>
        <message>
            <source>Get a &amp;code</source>
            <translation>Einen &amp;Code holen</translation>
        </message>
        <message>
            <source>Code: %1</source>
            <translation>Code: %1</translation>
        </message>
        <message>
            <source>Enter the code at %1</source>
            <translation>Geben Sie den Code bei %1 ein</translation>
        </message>
        <message>
            <source>Asking %1 for a code.</source>
            <translation>Verlangt von %1 einen Code.</translation>
        </message>
        <message>
            <source>For a phone, or a computer with a better browser.</source>
            <translation>Für ein Telefon oder einen Computer mit besserem Browser.</translation>
        </message>
        <message>
            <source>The sign-in window is open. Finish there.</source>
            <translation>Das Anmeldefenster ist offen. Schließen Sie die Anmeldung dort ab.</translation>
        </message>
        <message>
            <source>A window that remembers nothing. Passkeys do not work in it.</source>
            <translation>Ein Fenster, das sich nichts merkt. Passkeys gehen darin nicht.</translation>
        </message>
        <message>
            <source>The answer came this way.</source>
            <translation>Auf diesem Weg kam die Antwort.</translation>
        </message>
        <message>
            <source>Not needed any more.</source>
            <translation>Wird nicht mehr gebraucht.</translation>
        </message>
        <message>
            <source>No browser could be opened. Copy the link and open it in a browser of this computer.</source>
            <translation>Es ließ sich kein Browser öffnen. Den Link kopieren und in einem Browser dieses Rechners öffnen.</translation>
        </message>
        <message>
            <source>%1 It answered: %2</source>
            <translation>%1 Er antwortete: %2</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::WelcomePage</name>
        <message>
            <source>Welcome</source>
            <translation>Willkommen</translation>
        </message>
        <message>
            <source>Sign in to %1</source>
            <translation>Bei %1 anmelden</translation>
        </message>
        <message>
            <source>A provider on this computer for trying things out. Nothing in it is real.</source>
            <translation>Ein Anbieter auf diesem Computer zum Ausprobieren. Nichts darin ist echt.</translation>
        </message>
        <message>
            <source>Contacts %1.</source>
            <translation>Kontaktiert %1.</translation>
        </message>
        <message>
            <source>Sign in</source>
            <translation>Anmelden</translation>
        </message>
        <message>
            <source>Sign in to Microsoft Entra ID</source>
            <translation>Bei Microsoft Entra ID anmelden</translation>
        </message>
        <message>
            <source>With the application you registered there. Work, school and personal accounts.</source>
            <translation>Mit der Anwendung, die Sie dort registriert haben. Geschäfts-, Schul- und persönliche Konten.</translation>
        </message>
        <message>
            <source>Set up</source>
            <translation>Einrichten</translation>
        </message>
        <message>
            <source>Any OpenID Connect provider</source>
            <translation>Jeder OpenID-Connect-Anbieter</translation>
        </message>
        <message>
            <source>Keycloak, Okta, Auth0, Google, GitLab, or your own: its address is enough.</source>
            <translation>Keycloak, Okta, Auth0, Google, GitLab oder Ihr eigener: Die Adresse genügt.</translation>
        </message>
        <message>
            <source>Just inspect a token</source>
            <translation>Nur ein Token untersuchen</translation>
        </message>
        <message>
            <source>Paste any token and see what is in it. Nothing leaves this computer.</source>
            <translation>Fügen Sie ein Token ein und sehen Sie, was darin ist. Nichts verlässt diesen Computer.</translation>
        </message>
        <message>
            <source>Open the inspector</source>
            <translation>Den Inspektor öffnen</translation>
        </message>
        <message>
            <source>Welcome to Countersign</source>
            <translation>Willkommen bei Countersign</translation>
        </message>
        <message>
            <source>No accounts yet</source>
            <translation>Noch keine Konten</translation>
        </message>
        <message>
            <source>Sign in to any provider, keep the tokens safe, and see what is in them. There is no account with us, and nothing is reported to anybody.</source>
            <translation>Melden Sie sich bei beliebigen Anbietern an, bewahren Sie die Token sicher auf, und sehen Sie, was darin ist. Es gibt kein Konto bei uns, und niemandem wird etwas gemeldet.</translation>
        </message>
        <message>
            <source>Sign in to see the account, its tokens and how long they last.</source>
            <translation>Melden Sie sich an, um das Konto, seine Token und deren Dauer zu sehen.</translation>
        </message>
        <message>
            <source>Tokens would be kept in: %1, which cannot be opened now.</source>
            <translation>Token würden aufbewahrt in: %1, was sich jetzt nicht öffnen lässt.</translation>
        </message>
        <message>
            <source>Tokens are kept in: %1</source>
            <translation>Token werden aufbewahrt in: %1</translation>
        </message>
        <message>
            <source>Test where tokens are kept</source>
            <translation>Den Ort der Token testen</translation>
        </message>
        <message>
            <source>Writing, reading back, deleting…</source>
            <translation>Schreiben, zurücklesen, löschen…</translation>
        </message>
        <message>
            <source>Verified at %1.</source>
            <translation>Geprüft um %1.</translation>
        </message>
        <message>
            <source>Test it</source>
            <translation>Testen</translation>
        </message>
        <message>
            <source>No accounts in this session</source>
            <translation>Keine Konten in dieser Sitzung</translation>
        </message>
        <message>
            <source>Who signs in now is kept until the program ends. The accounts in %1 come back when it is opened.</source>
            <translation>Wer sich jetzt anmeldet, bleibt bis zum Ende des Programms. Die Konten in %1 kommen wieder, wenn es geöffnet wird.</translation>
        </message>
        <message>
            <source>Your accounts are locked</source>
            <translation>Ihre Konten sind gesperrt</translation>
        </message>
        <message>
            <source>They are in %1, and appear here when it is unlocked.</source>
            <translation>Sie liegen in %1 und erscheinen hier, wenn es entsperrt wird.</translation>
        </message>
        <message>
            <source>Your accounts cannot be read</source>
            <translation>Ihre Konten können nicht gelesen werden</translation>
        </message>
        <message>
            <source>They would be in %1, which cannot be opened now.</source>
            <translation>Sie lägen in %1, das sich jetzt nicht öffnen lässt.</translation>
        </message>
        <message>
            <source>Looking for your accounts…</source>
            <translation>Ihre Konten werden gesucht…</translation>
        </message>
        <message>
            <source>%1 is being opened; it may ask you first.</source>
            <translation>%1 wird geöffnet; vielleicht werden Sie vorher gefragt.</translation>
        </message>
        <message>
            <source>&amp;Unlock…</source>
            <translation>Ents&amp;perren…</translation>
        </message>
        <message>
            <source>Open it a&amp;gain</source>
            <translation>Noch einmal öf&amp;fnen</translation>
        </message>
        <message>
            <source>Unlock where tokens are kept</source>
            <translation>Aufbewahrungsort der Token entsperren</translation>
        </message>
        <message>
            <source>Open again where tokens are kept</source>
            <translation>Aufbewahrungsort der Token noch einmal öffnen</translation>
        </message>
        <message>
            <source>Tokens are kept in memory, until the program ends. %1 is not open.</source>
            <translation>Token bleiben im Speicher, bis das Programm endet. %1 ist nicht geöffnet.</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::Workbench</name>
        <message>
            <source>Network</source>
            <translation>Netzwerk</translation>
        </message>
        <message>
            <source>Key store</source>
            <translation>Schlüsselbund</translation>
        </message>
        <message>
            <source>%1: not opened yet</source>
            <translation>%1: noch nicht geöffnet</translation>
        </message>
        <message>
            <source>%1: opening</source>
            <translation>%1: wird geöffnet</translation>
        </message>
        <message>
            <source>%1: readable by every program of yours</source>
            <translation>%1: für alle Ihre Programme lesbar</translation>
        </message>
        <message>
            <source>%1: cannot be opened</source>
            <translation>%1: lässt sich nicht öffnen</translation>
        </message>
        <message>
            <source>Click to try again</source>
            <translation>Klicken Sie, um es noch einmal zu versuchen</translation>
        </message>
        <message>
            <source>No connection</source>
            <translation>Keine Verbindung</translation>
        </message>
        <message>
            <source>Signed in as %1</source>
            <translation>Angemeldet als %1</translation>
        </message>
        <message>
            <source>A new token is there</source>
            <translation>Ein neues Token ist da</translation>
        </message>
        <message>
            <source>&amp;Look into another program’s cache…</source>
            <translation>In den &amp;Zwischenspeicher eines anderen Programms sehen…</translation>
        </message>
        <message>
            <source>Shows what the caches of Azure CLI and other MSAL programs hold, without changing them</source>
            <translation>Zeigt, was die Zwischenspeicher der Azure CLI und anderer MSAL-Programme enthalten, ohne sie zu ändern</translation>
        </message>
        <message>
            <source>Clock</source>
            <translation>Uhr</translation>
        </message>
        <message>
            <source>Nothing is sent. Cached tokens can be used. Click for the settings.</source>
            <translation>Nichts wird gesendet. Zwischengespeicherte Token sind verwendbar. Klicken Sie für die Einstellungen.</translation>
        </message>
        <message>
            <source>Offline mode</source>
            <translation>Offline-Modus</translation>
        </message>
        <message>
            <source>Clock −%1 s</source>
            <translation>Uhr −%1 s</translation>
        </message>
        <message>
            <source>Clock +%1 s</source>
            <translation>Uhr +%1 s</translation>
        </message>
        <message>
            <source>This computer’s clock against that of %1, to half a second. Measured at %2.</source>
            <translation>Die Uhr dieses Rechners gegen die von %1, auf eine halbe Sekunde. Gemessen %2.</translation>
        </message>
        <message>
            <source>Copied without its signature: it can be read, and is worth nothing</source>
            <translation>Ohne die Signatur kopiert: Es lässt sich lesen und ist nichts wert</translation>
        </message>
        <message>
            <source>The tokens lie in another place now</source>
            <translation>Die Token liegen jetzt an einem anderen Ort</translation>
        </message>
        <message>
            <source>Nothing more is fetched or stored until Countersign starts anew.</source>
            <translation>Bis Countersign neu startet, wird nichts mehr geholt oder gespeichert.</translation>
        </message>
        <message>
            <source>Start anew</source>
            <translation>Neu starten</translation>
        </message>
        <message>
            <source>You are told five minutes before it ends</source>
            <translation>Fünf Minuten vor dem Ende wird Bescheid gesagt</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Copied: the command that gets this account’s token</source>
            <translation>Kopiert: der Befehl, der das Token dieses Kontos holt</translation>
        </message>
        <message>
            <source>Cancelled: no new token was stored</source>
            <translation>Abgebrochen: Kein neues Token wurde gespeichert</translation>
        </message>
        <message>
            <source>It is among the profiles now</source>
            <translation>Es steht jetzt unter den Profilen</translation>
        </message>
        <message>
            <source>Providers out of reach: %1</source>
            <translation>Nicht erreichbare Anbieter: %1</translation>
        </message>
        <message>
            <source>%1 is out of reach</source>
            <translation>%1 ist nicht erreichbar</translation>
        </message>
        <message>
            <source>Memory, until the program ends</source>
            <translation>Speicher, bis das Programm endet</translation>
        </message>
        <message>
            <source>%1: locked</source>
            <translation>%1: gesperrt</translation>
        </message>
        <message>
            <source>Click to unlock %1</source>
            <translation>Klicken, um %1 zu entsperren</translation>
        </message>
        <message>
            <source>New sign-ins are kept until the program ends</source>
            <translation>Neue Anmeldungen bleiben bis zum Ende des Programms</translation>
        </message>
        <message>
            <source>The command line takes this account when nobody says which</source>
            <translation>Die Befehlszeile nimmt dieses Konto, wenn niemand sagt, welches</translation>
        </message>
    </context>
    <context>
        <name>Countersign::OriginBar</name>
        <message>
            <source>Address of the page</source>
            <translation>Adresse der Seite</translation>
        </message>
        <message>
            <source>Connection</source>
            <translation>Verbindung</translation>
        </message>
        <message>
            <source>Encrypted connection</source>
            <translation>Verschlüsselte Verbindung</translation>
        </message>
        <message>
            <source>Not encrypted: on this computer only</source>
            <translation>Nicht verschlüsselt: nur auf diesem Computer</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>Verbindet…</translation>
        </message>
        <message>
            <source>The certificate cannot be trusted</source>
            <translation>Das Zertifikat ist nicht vertrauenswürdig</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>What protects this page</source>
            <translation>Was diese Seite schützt</translation>
        </message>
    </context>
    <context>
        <name>Countersign::Prompts</name>
        <message>
            <source>%1, issued by %2, valid until %3</source>
            <translation>%1, ausgestellt von %2, gültig bis %3</translation>
        </message>
        <message>
            <source>Name and password</source>
            <translation>Name und Passwort</translation>
        </message>
        <message>
            <source>%1 asks for a name and a password.</source>
            <translation>%1 verlangt einen Namen und ein Passwort.</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Name</translation>
        </message>
        <message>
            <source>&amp;Password</source>
            <translation>&amp;Passwort</translation>
        </message>
        <message>
            <source>Sign in</source>
            <translation>Anmelden</translation>
        </message>
        <message>
            <source>Choose a certificate</source>
            <translation>Zertifikat wählen</translation>
        </message>
        <message>
            <source>%1 asks for a certificate to know you by. The name in it will be sent there.</source>
            <translation>%1 verlangt ein Zertifikat, um Sie zu erkennen. Der Name darin wird dorthin gesendet.</translation>
        </message>
        <message>
            <source>Certificates</source>
            <translation>Zertifikate</translation>
        </message>
        <message>
            <source>Use this certificate</source>
            <translation>Dieses Zertifikat verwenden</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>For: %1</source>
            <translation>Für: %1</translation>
        </message>
        <message>
            <source>SHA-256: %1</source>
            <translation>SHA-256: %1</translation>
        </message>
        <message>
            <source>The connection to %1 is encrypted, and its certificate was found good.</source>
            <translation>Die Verbindung zu %1 ist verschlüsselt, und ihr Zertifikat wurde für gut befunden.</translation>
        </message>
        <message>
            <source>The connection to %1 is encrypted. Its certificate was issued by an authority that you named besides the system’s.</source>
            <translation>Die Verbindung zu %1 ist verschlüsselt. Ihr Zertifikat hat eine Stelle ausgestellt, die Sie neben denen des Systems genannt haben.</translation>
        </message>
        <message>
            <source>The connection to %1 is not encrypted. It does not leave this computer.</source>
            <translation>Die Verbindung zu %1 ist nicht verschlüsselt. Sie verlässt diesen Computer nicht.</translation>
        </message>
        <message>
            <source>The certificate of %1 cannot be trusted. Nothing was sent there.</source>
            <translation>Dem Zertifikat von %1 kann nicht vertraut werden. Dorthin wurde nichts gesendet.</translation>
        </message>
        <message>
            <source>Qt WebEngine %1 tells this window of a certificate only when something is wrong with it. To look at it, open the page in your browser.</source>
            <translation>Qt WebEngine %1 sagt diesem Fenster nur dann etwas von einem Zertifikat, wenn damit etwas nicht stimmt. Um es anzusehen, öffnen Sie die Seite in Ihrem Browser.</translation>
        </message>
        <message>
            <source>What protects this page</source>
            <translation>Was diese Seite schützt</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>DesktopMain</name>
        <message>
            <source>Start a provider for trying things out beside it.</source>
            <translation>Daneben einen Anbieter zum Ausprobieren starten.</translation>
        </message>
        <message>
            <source>Where tokens live: keychain (default), memory, file:PATH or msal:PATH.</source>
            <translation>Wo Token liegen: keychain (Standard), memory, file:PFAD oder msal:PFAD.</translation>
        </message>
        <message>
            <source>Open pages with this command; it gets the address as its last word.</source>
            <translation>Seiten mit diesem Befehl öffnen; er bekommt die Adresse als letztes Wort.</translation>
        </message>
        <message>
            <source>Do not look for a window that is open already.</source>
            <translation>Nicht nach einem schon offenen Fenster suchen.</translation>
        </message>
        <message>
            <source>Check this installation, then end.</source>
            <translation>Diese Installation prüfen, dann enden.</translation>
        </message>
        <message>
            <source>OAuth 2.0 and OpenID Connect sign-ins and tokens</source>
            <translation>Anmeldungen und Token für OAuth 2.0 und OpenID Connect</translation>
        </message>
        <message>
            <source>Stay in the tray until asked for, if there is one.</source>
            <translation>Im Infobereich bleiben, bis danach gefragt wird, wenn es einen gibt.</translation>
        </message>
        <message>
            <source>The sandbox had ended, and was started again</source>
            <translation>Die Sandbox war beendet und wurde wieder gestartet</translation>
        </message>
        <message>
            <source>Countersign is open already and keeps what it was started with; not taken over: %1. Quit it first, or add --new-instance.</source>
            <translation>Countersign ist schon offen und behält, womit es gestartet wurde; nicht übernommen: %1. Beenden Sie es zuerst, oder fügen Sie --new-instance hinzu.</translation>
        </message>
        <message>
            <source>Unexpected argument: %1</source>
            <translation>Unerwartetes Argument: %1</translation>
        </message>
    </context>
    <context>
        <name>ErrorText</name>
        <message>
            <source>Nothing was stored. Start again whenever you like.</source>
            <translation>Nichts wurde gespeichert. Beginnen Sie neu, wann immer Sie wollen.</translation>
        </message>
        <message>
            <source>Sign in again.</source>
            <translation>Melden Sie sich neu an.</translation>
        </message>
        <message>
            <source>Try again and agree to the request, or ask the administrator for access.</source>
            <translation>Versuchen Sie es noch einmal und stimmen Sie zu, oder bitten Sie den Administrator um Zugang.</translation>
        </message>
        <message>
            <source>Ask for fewer scopes, or ask the administrator for the rest.</source>
            <translation>Verlangen Sie weniger Berechtigungen, oder bitten Sie den Administrator um die übrigen.</translation>
        </message>
        <message>
            <source>Check the network connection, then try again.</source>
            <translation>Prüfen Sie die Netzverbindung, dann versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Try again.</source>
            <translation>Versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Check the profile&apos;s client ID and redirect address against the provider&apos;s registration.</source>
            <translation>Vergleichen Sie Client-ID und Umleitungsadresse des Profils mit der Registrierung beim Anbieter.</translation>
        </message>
        <message>
            <source>Wait a little, then try again.</source>
            <translation>Warten Sie ein wenig, dann versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Check that the profile&apos;s issuer is right. If it is, tell the provider.</source>
            <translation>Prüfen Sie, ob der Aussteller des Profils stimmt. Wenn ja, sagen Sie es dem Anbieter.</translation>
        </message>
        <message>
            <source>Do not continue. If it happens again, tell the provider&apos;s administrator.</source>
            <translation>Fahren Sie nicht fort. Geschieht es wieder, sagen Sie es dem Administrator des Anbieters.</translation>
        </message>
        <message>
            <source>Unlock the key store, then try again.</source>
            <translation>Entsperren Sie den Schlüsselbund, dann versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Sign in again. The damaged file was kept aside.</source>
            <translation>Melden Sie sich neu an. Die beschädigte Datei wurde beiseitegelegt.</translation>
        </message>
        <message>
            <source>Correct the input, then try again.</source>
            <translation>Berichtigen Sie die Eingabe, dann versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Choose another way to sign in.</source>
            <translation>Wählen Sie eine andere Art der Anmeldung.</translation>
        </message>
        <message>
            <source>Set a default browser, or sign in on another device with a code.</source>
            <translation>Legen Sie einen Standardbrowser fest, oder melden Sie sich mit einem Code auf einem anderen Gerät an.</translation>
        </message>
        <message>
            <source>Sign in with your browser instead.</source>
            <translation>Melden Sie sich stattdessen mit dem Browser an.</translation>
        </message>
        <message>
            <source>Get a new code.</source>
            <translation>Holen Sie einen neuen Code.</translation>
        </message>
        <message>
            <source>Start a key store service, or choose another place for tokens with --store.</source>
            <translation>Starten Sie einen Schlüsselbunddienst, oder wählen Sie mit --store einen anderen Ort für Token.</translation>
        </message>
        <message>
            <source>Set the clock of this computer, then try again.</source>
            <translation>Stellen Sie die Uhr dieses Computers, dann versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>The token is not well formed.</source>
            <translation>Das Token ist nicht wohlgeformt.</translation>
        </message>
        <message>
            <source>The signature does not match: the token may be forged.</source>
            <translation>Die Signatur passt nicht: Das Token kann gefälscht sein.</translation>
        </message>
        <message>
            <source>The key that signed the token is not among the provider&apos;s keys.</source>
            <translation>Der Schlüssel, der das Token signiert hat, ist nicht unter denen des Anbieters.</translation>
        </message>
        <message>
            <source>The token is expired, or not valid yet by this computer&apos;s clock.</source>
            <translation>Das Token ist abgelaufen oder gilt nach der Uhr dieses Computers noch nicht.</translation>
        </message>
        <message>
            <source>Another provider issued the token than the profile names.</source>
            <translation>Ein anderer Anbieter hat das Token ausgestellt, als das Profil nennt.</translation>
        </message>
        <message>
            <source>The token was issued for another application.</source>
            <translation>Das Token wurde für eine andere Anwendung ausgestellt.</translation>
        </message>
        <message>
            <source>The token belongs to another sign-in (nonce).</source>
            <translation>Das Token gehört zu einer anderen Anmeldung (nonce).</translation>
        </message>
        <message>
            <source>The answer belongs to another sign-in (state).</source>
            <translation>Die Antwort gehört zu einer anderen Anmeldung (state).</translation>
        </message>
        <message>
            <source>The ID token does not belong to the access token or the code.</source>
            <translation>Das ID-Token gehört nicht zum Zugriffstoken oder zum Code.</translation>
        </message>
        <message>
            <source>The token does not meet a rule of the profile.</source>
            <translation>Das Token erfüllt eine Regel des Profils nicht.</translation>
        </message>
        <message>
            <source>No web browser could be opened.</source>
            <translation>Es konnte kein Browser geöffnet werden.</translation>
        </message>
        <message>
            <source>The program for the embedded sign-in window is not installed.</source>
            <translation>Das Programm für das eingebettete Anmeldefenster ist nicht installiert.</translation>
        </message>
        <message>
            <source>The embedded sign-in window stopped unexpectedly.</source>
            <translation>Das eingebettete Anmeldefenster wurde unerwartet beendet.</translation>
        </message>
        <message>
            <source>The embedded sign-in window cannot protect itself when run as root.</source>
            <translation>Das eingebettete Anmeldefenster kann sich nicht schützen, wenn es als root läuft.</translation>
        </message>
        <message>
            <source>The port for the answer is in use by another program.</source>
            <translation>Der Port für die Antwort wird von einem anderen Programm benutzt.</translation>
        </message>
        <message>
            <source>The sign-in window was closed.</source>
            <translation>Das Anmeldefenster wurde geschlossen.</translation>
        </message>
        <message>
            <source>You asked for your browser instead.</source>
            <translation>Sie wollten stattdessen Ihren Browser.</translation>
        </message>
        <message>
            <source>The code ran out before it was used.</source>
            <translation>Der Code ist abgelaufen, bevor er verwendet wurde.</translation>
        </message>
        <message>
            <source>Somebody else signed in than was expected.</source>
            <translation>Jemand anders hat sich angemeldet als erwartet.</translation>
        </message>
        <message>
            <source>The key store is locked.</source>
            <translation>Der Schlüsselbund ist gesperrt.</translation>
        </message>
        <message>
            <source>This session has no key store.</source>
            <translation>Diese Sitzung hat keinen Schlüsselbund.</translation>
        </message>
        <message>
            <source>The key store refused access.</source>
            <translation>Der Schlüsselbund hat den Zugriff verweigert.</translation>
        </message>
        <message>
            <source>There is no room left to save.</source>
            <translation>Zum Speichern ist kein Platz mehr.</translation>
        </message>
        <message>
            <source>What was saved did not read back the same.</source>
            <translation>Was gespeichert wurde, kam beim Zurücklesen anders an.</translation>
        </message>
        <message>
            <source>The store is in use: by another program, or it is being moved.</source>
            <translation>Der Speicherort ist in Gebrauch: durch ein anderes Programm, oder er wird gerade verschoben.</translation>
        </message>
        <message>
            <source>Try again when that is over, or start Countersign anew.</source>
            <translation>Versuchen Sie es noch einmal, wenn das vorbei ist, oder starten Sie Countersign neu.</translation>
        </message>
        <message>
            <source>The passphrase is wrong.</source>
            <translation>Die Passphrase ist falsch.</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <source>You need to sign in again.</source>
            <translation>Sie müssen sich neu anmelden.</translation>
        </message>
        <message>
            <source>The sign-in was declined.</source>
            <translation>Die Anmeldung wurde abgelehnt.</translation>
        </message>
        <message>
            <source>The provider granted less than was asked for.</source>
            <translation>Der Anbieter hat weniger gewährt, als verlangt wurde.</translation>
        </message>
        <message>
            <source>The provider cannot be reached.</source>
            <translation>Der Anbieter ist nicht erreichbar.</translation>
        </message>
        <message>
            <source>It took too long.</source>
            <translation>Es hat zu lange gedauert.</translation>
        </message>
        <message>
            <source>The provider refused the request.</source>
            <translation>Der Anbieter hat die Anfrage abgelehnt.</translation>
        </message>
        <message>
            <source>The provider is busy or out of order.</source>
            <translation>Der Anbieter ist überlastet oder gestört.</translation>
        </message>
        <message>
            <source>The provider&apos;s answer makes no sense.</source>
            <translation>Die Antwort des Anbieters ergibt keinen Sinn.</translation>
        </message>
        <message>
            <source>A security check failed. Nothing was stored.</source>
            <translation>Eine Sicherheitsprüfung schlug fehl. Nichts wurde gespeichert.</translation>
        </message>
        <message>
            <source>The place for tokens cannot be used.</source>
            <translation>Der Ort für Token lässt sich nicht verwenden.</translation>
        </message>
        <message>
            <source>What was stored is damaged.</source>
            <translation>Das Gespeicherte ist beschädigt.</translation>
        </message>
        <message>
            <source>The input is not valid.</source>
            <translation>Die Eingabe ist ungültig.</translation>
        </message>
        <message>
            <source>This way is not available here.</source>
            <translation>Dieser Weg ist hier nicht verfügbar.</translation>
        </message>
        <message>
            <source>The provider&apos;s configuration cannot be read.</source>
            <translation>Die Konfiguration des Anbieters lässt sich nicht lesen.</translation>
        </message>
        <message>
            <source>The provider&apos;s configuration names another issuer than the profile.</source>
            <translation>Die Konfiguration des Anbieters nennt einen anderen Aussteller als das Profil.</translation>
        </message>
        <message>
            <source>The provider&apos;s keys cannot be read.</source>
            <translation>Die Schlüssel des Anbieters lassen sich nicht lesen.</translation>
        </message>
        <message>
            <source>The provider does not offer this.</source>
            <translation>Der Anbieter bietet das nicht an.</translation>
        </message>
        <message>
            <source>The provider&apos;s name was not found.</source>
            <translation>Der Name des Anbieters wurde nicht gefunden.</translation>
        </message>
        <message>
            <source>The provider&apos;s computer refused the connection.</source>
            <translation>Der Rechner des Anbieters hat die Verbindung abgelehnt.</translation>
        </message>
        <message>
            <source>The connection broke off.</source>
            <translation>Die Verbindung ist abgebrochen.</translation>
        </message>
        <message>
            <source>The proxy did not let the request through.</source>
            <translation>Der Proxy hat die Anfrage nicht durchgelassen.</translation>
        </message>
        <message>
            <source>No trustworthy encrypted connection could be made.</source>
            <translation>Es kam keine vertrauenswürdige verschlüsselte Verbindung zustande.</translation>
        </message>
        <message>
            <source>The provider redirected to another address; that is not followed.</source>
            <translation>Der Anbieter hat auf eine andere Adresse umgeleitet; dem wird nicht gefolgt.</translation>
        </message>
        <message>
            <source>The answer is larger than any honest answer.</source>
            <translation>Die Antwort ist größer als jede ehrliche Antwort.</translation>
        </message>
        <message>
            <source>The provider asked to wait.</source>
            <translation>Der Anbieter bat zu warten.</translation>
        </message>
        <message>
            <source>There is no such account here.</source>
            <translation>Ein solches Konto gibt es hier nicht.</translation>
        </message>
        <message>
            <source>More than one account fits.</source>
            <translation>Mehr als ein Konto passt.</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>Die Uhr dieses Computers geht falsch.</translation>
        </message>
        <message>
            <source>The new token does not meet what was demanded, either.</source>
            <translation>Auch das neue Token erfüllt nicht, was verlangt wurde.</translation>
        </message>
        <message>
            <source>The administrator of this computer has settled this.</source>
            <translation>Das hat die Systemverwaltung dieses Rechners festgelegt.</translation>
        </message>
        <message>
            <source>The provider answered: %1</source>
            <translation>Der Anbieter antwortete: %1</translation>
        </message>
        <message>
            <source>Tr&amp;y again</source>
            <translation>&amp;Noch einmal</translation>
        </message>
        <message>
            <source>&amp;Sign in</source>
            <translation>&amp;Anmelden</translation>
        </message>
        <message>
            <source>Use the &amp;browser</source>
            <translation>Den &amp;Browser verwenden</translation>
        </message>
        <message>
            <source>Use a &amp;code</source>
            <translation>Einen &amp;Code verwenden</translation>
        </message>
        <message>
            <source>Copy &amp;details</source>
            <translation>Einzelheiten kop&amp;ieren</translation>
        </message>
        <message>
            <source>Unloc&amp;k…</source>
            <translation>Entspe&amp;rren…</translation>
        </message>
        <message>
            <source>Use sess&amp;ion only</source>
            <translation>&amp;Nur für diese Sitzung</translation>
        </message>
        <message>
            <source>This provider wants a client secret, which the profile does not have.</source>
            <translation>Dieser Anbieter will ein Client-Geheimnis, und das Profil hat keines.</translation>
        </message>
    </context>
    <context>
        <name>ExtraParameters</name>
        <message>
            <source>Extra parameters: “%1” is not name=value.</source>
            <translation>Zusätzliche Parameter: „%1“ ist nicht Name=Wert.</translation>
        </message>
        <message>
            <source>Extra parameters: the name “%1” contains a space.</source>
            <translation>Zusätzliche Parameter: Der Name „%1“ enthält ein Leerzeichen.</translation>
        </message>
        <message>
            <source>Extra parameters: %1 protects the sign-in and is always set by Countersign itself.</source>
            <translation>Zusätzliche Parameter: %1 schützt die Anmeldung und wird immer von Countersign selbst gesetzt.</translation>
        </message>
        <message>
            <source>Extra parameters: %1 has a field of its own.</source>
            <translation>Zusätzliche Parameter: Für %1 gibt es ein eigenes Feld.</translation>
        </message>
        <message>
            <source>Extra parameters: %1 is there twice.</source>
            <translation>Zusätzliche Parameter: %1 steht zweimal da.</translation>
        </message>
    </context>
    <context>
        <name>Fields</name>
        <message>
            <source>Clear</source>
            <translation>Leeren</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Hinweis</translation>
        </message>
    </context>
    <context>
        <name>FindingText</name>
        <message>
            <source>Environment variables</source>
            <translation>Umgebungsvariablen</translation>
        </message>
        <message>
            <source>Configuration file</source>
            <translation>Konfigurationsdatei</translation>
        </message>
        <message>
            <source>Token cache of %1</source>
            <translation>Token-Cache von %1</translation>
        </message>
        <message>
            <source>Kubeconfig</source>
            <translation>Kubeconfig</translation>
        </message>
        <message>
            <source>Account of oidc-agent</source>
            <translation>Konto von oidc-agent</translation>
        </message>
        <message>
            <source>A client that is not named, at %1</source>
            <translation>Ein nicht genannter Client bei %1</translation>
        </message>
        <message>
            <source>Client %1 of a provider that is not named</source>
            <translation>Client %1 bei einem nicht genannten Anbieter</translation>
        </message>
        <message>
            <source>Client %1 at %2</source>
            <translation>Client %1 bei %2</translation>
        </message>
        <message>
            <source>it cannot be read</source>
            <translation>es ist nicht lesbar</translation>
        </message>
        <message>
            <source>it is not understood here</source>
            <translation>es wird hier nicht verstanden</translation>
        </message>
        <message>
            <source>it is too large to be looked into</source>
            <translation>es ist zu groß, um hineinzusehen</translation>
        </message>
        <message>
            <source>it takes kubectl to read it</source>
            <translation>nur kubectl kann es lesen</translation>
        </message>
        <message>
            <source>it signs in as an application, not as a person</source>
            <translation>es meldet sich als Anwendung an, nicht als Person</translation>
        </message>
        <message>
            <source>encrypted, only its own program can open it</source>
            <translation>verschlüsselt, nur das eigene Programm kann es öffnen</translation>
        </message>
    </context>
    <context>
        <name>JsonLayout</name>
        <message>
            <source>Header</source>
            <translation>Kopf</translation>
        </message>
        <message>
            <source>Payload</source>
            <translation>Nutzdaten</translation>
        </message>
    </context>
    <context>
        <name>LookActions</name>
        <message>
            <source>Look of the &amp;system</source>
            <translation>Aussehen wie das &amp;System</translation>
        </message>
        <message>
            <source>&amp;Light look</source>
            <translation>&amp;Helles Aussehen</translation>
        </message>
        <message>
            <source>&amp;Dark look</source>
            <translation>&amp;Dunkles Aussehen</translation>
        </message>
        <message>
            <source>Look with high &amp;contrast</source>
            <translation>Aussehen mit hohem &amp;Kontrast</translation>
        </message>
        <message>
            <source>Size of the text: %1 %</source>
            <translation>Größe der Schrift: %1 %</translation>
        </message>
        <message>
            <source>L&amp;arger text</source>
            <translation>&amp;Größere Schrift</translation>
        </message>
        <message>
            <source>Smalle&amp;r text</source>
            <translation>K&amp;leinere Schrift</translation>
        </message>
        <message>
            <source>&amp;Usual size of the text</source>
            <translation>&amp;Übliche Größe der Schrift</translation>
        </message>
        <message>
            <source>Show &amp;times another way</source>
            <translation>&amp;Zeiten anders anzeigen</translation>
        </message>
        <message>
            <source>As local time, as UTC, or from now</source>
            <translation>Als Ortszeit, als UTC oder von jetzt an gerechnet</translation>
        </message>
        <message>
            <source>Times: %1</source>
            <translation>Zeiten: %1</translation>
        </message>
    </context>
    <context>
        <name>NoToken</name>
        <message>
            <source>There is nothing in it.</source>
            <translation>Es ist nichts darin.</translation>
        </message>
        <message>
            <source>This is no token: it is binary data. Tokens are text.</source>
            <translation>Das ist kein Token: Es sind Binärdaten. Token sind Text.</translation>
        </message>
        <message>
            <source>This is no token: it is a text of several words, and none of them looks like a token.</source>
            <translation>Das ist kein Token: Es ist ein Text aus mehreren Wörtern, von denen keines wie ein Token aussieht.</translation>
        </message>
        <message>
            <source>This is no token: it has letters that no token has.</source>
            <translation>Das ist kein Token: Es enthält Buchstaben, die in keinem Token vorkommen.</translation>
        </message>
        <message>
            <source>This is no token: it is too short to be one.</source>
            <translation>Das ist kein Token: Dafür ist es zu kurz.</translation>
        </message>
    </context>
    <context>
        <name>PageCommands</name>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>%1: %2 – %3</source>
            <translation>%1: %2 – %3</translation>
        </message>
    </context>
    <context>
        <name>QKeySequenceEdit</name>
        <message>
            <source>Press shortcut</source>
            <translation>Tasten drücken</translation>
        </message>
    </context>
    <context>
        <name>SampleTokens</name>
        <message>
            <source>Microsoft Entra, version 1.0 (Graph)</source>
            <translation>Microsoft Entra, Version 1.0 (Graph)</translation>
        </message>
        <message>
            <source>Microsoft Entra, version 2.0</source>
            <translation>Microsoft Entra, Version 2.0</translation>
        </message>
        <message>
            <source>Google ID token</source>
            <translation>ID-Token von Google</translation>
        </message>
        <message>
            <source>Keycloak access token</source>
            <translation>Zugriffstoken von Keycloak</translation>
        </message>
        <message>
            <source>GitLab job token</source>
            <translation>Job-Token von GitLab</translation>
        </message>
        <message>
            <source>A broken one</source>
            <translation>Ein kaputtes</translation>
        </message>
    </context>
    <context>
        <name>SandboxProcess</name>
        <message>
            <source>Sandbox on this computer</source>
            <translation>Sandbox auf diesem Computer</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlace</name>
        <message>
            <source>Se&amp;ttings…</source>
            <translation>&amp;Einstellungen…</translation>
        </message>
    </context>
    <context>
        <name>SignIn</name>
        <message>
            <source>password</source>
            <translation>Passwort</translation>
        </message>
        <message>
            <source>one-time code</source>
            <translation>Einmalcode</translation>
        </message>
        <message>
            <source>more than one factor</source>
            <translation>mehr als ein Faktor</translation>
        </message>
        <message>
            <source>hardware key</source>
            <translation>Hardwareschlüssel</translation>
        </message>
        <message>
            <source>software key</source>
            <translation>Softwareschlüssel</translation>
        </message>
        <message>
            <source>passkey</source>
            <translation>Passkey</translation>
        </message>
        <message>
            <source>proof of a key</source>
            <translation>Nachweis eines Schlüssels</translation>
        </message>
        <message>
            <source>text message</source>
            <translation>SMS</translation>
        </message>
        <message>
            <source>telephone call</source>
            <translation>Anruf</translation>
        </message>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message>
            <source>fingerprint</source>
            <translation>Fingerabdruck</translation>
        </message>
        <message>
            <source>face</source>
            <translation>Gesicht</translation>
        </message>
        <message>
            <source>Windows sign-in</source>
            <translation>Windows-Anmeldung</translation>
        </message>
        <message>
            <source>smart card</source>
            <translation>Chipkarte</translation>
        </message>
        <message>
            <source>certificate</source>
            <translation>Zertifikat</translation>
        </message>
        <message>
            <source>Configuration</source>
            <translation>Konfiguration</translation>
        </message>
        <message>
            <source>Waiting for you</source>
            <translation>Wartet auf Sie</translation>
        </message>
        <message>
            <source>Redeem code</source>
            <translation>Code einlösen</translation>
        </message>
        <message>
            <source>Check ID token</source>
            <translation>ID-Token prüfen</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Reading the provider&apos;s configuration from %1</source>
            <translation>Liest die Konfiguration des Anbieters von %1</translation>
        </message>
        <message>
            <source>Waiting for you to enter the code on the other device</source>
            <translation>Wartet, dass Sie den Code auf dem anderen Gerät eingeben</translation>
        </message>
        <message>
            <source>Waiting for you to finish in the browser, or with the code</source>
            <translation>Wartet, dass Sie im Browser oder mit dem Code fertig werden</translation>
        </message>
        <message>
            <source>Waiting for you to finish in the sign-in window, or with the code</source>
            <translation>Wartet, dass Sie im Anmeldefenster oder mit dem Code fertig werden</translation>
        </message>
        <message numerus="yes">
            <source>Waiting. The provider asked for slower polling: every %n second(s)</source>
            <translation>
                <numerusform>Wartet. Der Anbieter bat, seltener zu fragen: jede Sekunde</numerusform>
                <numerusform>Wartet. Der Anbieter bat, seltener zu fragen: alle %n Sekunden</numerusform>
            </translation>
        </message>
        <message>
            <source>Answer received, redeeming it</source>
            <translation>Antwort erhalten, wird eingelöst</translation>
        </message>
        <message>
            <source>Checking the ID token</source>
            <translation>Prüft das ID-Token</translation>
        </message>
        <message>
            <source>Saving to %1 and reading it back</source>
            <translation>Speichert in %1 und liest es zurück</translation>
        </message>
        <message>
            <source>Signed in</source>
            <translation>Angemeldet</translation>
        </message>
        <message>
            <source>You or the provider declined</source>
            <translation>Sie oder der Anbieter haben abgelehnt</translation>
        </message>
        <message>
            <source>Somebody else signed in than was expected</source>
            <translation>Jemand anders hat sich angemeldet als erwartet</translation>
        </message>
        <message>
            <source>Signed in, but less was granted than asked for</source>
            <translation>Angemeldet, aber es wurde weniger gewährt als verlangt</translation>
        </message>
        <message>
            <source>The code ran out</source>
            <translation>Der Code ist abgelaufen</translation>
        </message>
        <message>
            <source>The sign-in failed</source>
            <translation>Die Anmeldung schlug fehl</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <source>Signed in with: %1</source>
            <translation>Angemeldet mit: %1</translation>
        </message>
        <message>
            <source>Granted: %1</source>
            <translation>Gewährt: %1</translation>
        </message>
        <message>
            <source>The access token expires %1.</source>
            <translation>Das Zugriffstoken läuft ab %1.</translation>
        </message>
        <message numerus="yes">
            <source>The ID token is verified: %n check(s) passed.</source>
            <translation>
                <numerusform>Das ID-Token ist geprüft: %n Prüfung bestanden.</numerusform>
                <numerusform>Das ID-Token ist geprüft: %n Prüfungen bestanden.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>Nichts wurde gespeichert.</translation>
        </message>
        <message>
            <source>The provider says: %1
Nothing was stored.</source>
            <translation>Der Anbieter sagt: %1
Nichts wurde gespeichert.</translation>
        </message>
        <message>
            <source>%1 was expected. Nothing was stored. Try again and choose that account, or keep the other one beside it.</source>
            <translation>%1 wurde erwartet. Nichts wurde gespeichert. Versuchen Sie es noch einmal und wählen Sie dieses Konto, oder behalten Sie das andere daneben.</translation>
        </message>
        <message>
            <source>Waiting for your key store, so that the result can be saved</source>
            <translation>Wartet auf Ihren Schlüsselbund, damit das Ergebnis gespeichert werden kann</translation>
        </message>
        <message>
            <source>Waiting for you to finish in the sign-in window</source>
            <translation>Wartet, dass Sie im Anmeldefenster fertig werden</translation>
        </message>
        <message>
            <source>Waiting for you to finish in the browser</source>
            <translation>Wartet, dass Sie im Browser fertig werden</translation>
        </message>
        <message>
            <source>%1 takes its time. The code is spent: if you cancel now, nothing is stored and you have to sign in again.</source>
            <translation>%1 lässt sich Zeit. Der Code ist verbraucht: Wenn Sie jetzt abbrechen, wird nichts gespeichert und Sie müssen sich noch einmal anmelden.</translation>
        </message>
        <message>
            <source>%1 takes its time. It may be asking for its password in a window of its own. If you cancel now, you have to sign in again.</source>
            <translation>%1 lässt sich Zeit. Vielleicht wird in einem eigenen Fenster nach dem Passwort gefragt. Wenn Sie jetzt abbrechen, müssen Sie sich noch einmal anmelden.</translation>
        </message>
        <message>
            <source>%1 takes its time to hand out its keys. The code is spent: if you cancel now, nothing is stored and you have to sign in again.</source>
            <translation>%1 lässt sich mit den Schlüsseln Zeit. Der Code ist verbraucht: Wenn Sie jetzt abbrechen, wird nichts gespeichert und Sie müssen sich noch einmal anmelden.</translation>
        </message>
        <message>
            <source>The answer of the provider is spent and was not saved: you have to sign in again.</source>
            <translation>Die Antwort des Anbieters ist verbraucht und wurde nicht gespeichert: Sie müssen sich noch einmal anmelden.</translation>
        </message>
        <message>
            <source>Nothing has been opened yet.</source>
            <translation>Noch wurde nichts geöffnet.</translation>
        </message>
        <message>
            <source>Your key store waits for you</source>
            <translation>Ihr Schlüsselbund wartet auf Sie</translation>
        </message>
        <message>
            <source>%1 asks for its password, or for that of a new one, in a window of its own.</source>
            <translation>%1 fragt in einem eigenen Fenster nach dem Passwort oder nach dem für einen neuen.</translation>
        </message>
        <message>
            <source>There is no place to keep the tokens</source>
            <translation>Es gibt keinen Ort, um die Token aufzubewahren</translation>
        </message>
        <message>
            <source>%1 cannot be reached. Without it the sign-in can be kept until the program ends.</source>
            <translation>%1 ist nicht erreichbar. Ohne ihn kann die Anmeldung behalten werden, bis das Programm endet.</translation>
        </message>
        <message>
            <source>Your key store is locked</source>
            <translation>Ihr Schlüsselbund ist gesperrt</translation>
        </message>
        <message>
            <source>Unlock %1 first, so that the result can be saved.</source>
            <translation>Entsperren Sie zuerst %1, damit das Ergebnis gespeichert werden kann.</translation>
        </message>
        <message>
            <source>Your key store takes nothing</source>
            <translation>Ihr Schlüsselbund nimmt nichts an</translation>
        </message>
        <message>
            <source>%1 was not opened, or has no password yet because its window was closed.</source>
            <translation>%1 wurde nicht geöffnet oder hat noch kein Passwort, weil das Fenster dafür geschlossen wurde.</translation>
        </message>
        <message>
            <source>in a browser or a sign-in window</source>
            <translation>in einem Browser oder einem Anmeldefenster</translation>
        </message>
        <message>
            <source>with a code on another device</source>
            <translation>mit einem Code auf einem anderen Gerät</translation>
        </message>
        <message>
            <source>with a password</source>
            <translation>mit einem Passwort</translation>
        </message>
        <message>
            <source>in the browser</source>
            <translation>im Browser</translation>
        </message>
        <message>
            <source>in the sign-in window</source>
            <translation>im Anmeldefenster</translation>
        </message>
    </context>
    <context>
        <name>TimeText</name>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>Local time</source>
            <translation>Ortszeit</translation>
        </message>
        <message>
            <source>UTC</source>
            <translation>UTC</translation>
        </message>
        <message>
            <source>Relative</source>
            <translation>Relativ</translation>
        </message>
    </context>
    <context>
        <name>TokenReading</name>
        <message>
            <source>This is no file.</source>
            <translation>Das ist keine Datei.</translation>
        </message>
        <message>
            <source>This file cannot be read: %1</source>
            <translation>Diese Datei lässt sich nicht lesen: %1</translation>
        </message>
        <message>
            <source>The picture cannot be read.</source>
            <translation>Das Bild ist nicht lesbar.</translation>
        </message>
    </context>
    <context>
        <name>TokenSummary</name>
        <message>
            <source>There is nothing in it.</source>
            <translation>Es ist nichts darin.</translation>
        </message>
        <message>
            <source>A text without structure. If it is a token, only its issuer can say what it means.</source>
            <translation>Ein Text ohne Struktur. Wenn es ein Token ist, kann nur sein Aussteller sagen, was es bedeutet.</translation>
        </message>
        <message>
            <source>By its form this is a secret of %1 (%2). Only %1 can say what it means and whether it is valid.</source>
            <translation>Der Form nach ist das ein Geheimnis von %1 (%2). Nur %1 kann sagen, was es bedeutet und ob es gilt.</translation>
        </message>
        <message>
            <source>It is encrypted: only the holder of the recipient’s key can read it.</source>
            <translation>Es ist verschlüsselt: Nur wer den Schlüssel des Empfängers hat, kann es lesen.</translation>
        </message>
        <message>
            <source>An assertion of SAML, which is XML and not looked into here.</source>
            <translation>Eine Assertion von SAML; das ist XML und wird hier nicht angesehen.</translation>
        </message>
        <message>
            <source>It is recognised by its form and not looked into here.</source>
            <translation>Es wird an seiner Form erkannt und hier nicht angesehen.</translation>
        </message>
        <message>
            <source>This is JSON, but no token.</source>
            <translation>Das ist JSON, aber kein Token.</translation>
        </message>
        <message>
            <source>It carries no claims that could be read.</source>
            <translation>Es enthält keine lesbaren Angaben.</translation>
        </message>
        <message>
            <source>It is about an application, not a person.</source>
            <translation>Es geht um eine Anwendung, nicht um eine Person.</translation>
        </message>
        <message>
            <source>It is about %1.</source>
            <translation>Es geht um %1.</translation>
        </message>
        <message>
            <source>%1 issued it for %2.</source>
            <translation>%1 hat es für %2 ausgestellt.</translation>
        </message>
        <message>
            <source>%1 issued it, for nobody in particular.</source>
            <translation>%1 hat es ausgestellt, für niemand Bestimmten.</translation>
        </message>
        <message>
            <source>It is for %1; it does not say who issued it.</source>
            <translation>Es ist für %1; es sagt nicht, wer es ausgestellt hat.</translation>
        </message>
        <message>
            <source>The application %1 asked for it.</source>
            <translation>Die Anwendung %1 hat es verlangt.</translation>
        </message>
        <message numerus="yes">
            <source>It carries %n delegated permission(s): %1.</source>
            <translation>
                <numerusform>Es trägt %n delegierte Berechtigung: %1.</numerusform>
                <numerusform>Es trägt %n delegierte Berechtigungen: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It carries %n role(s): %1.</source>
            <translation>
                <numerusform>Es trägt %n Rolle: %1.</numerusform>
                <numerusform>Es trägt %n Rollen: %1.</numerusform>
            </translation>
        </message>
        <message>
            <source>The person signed in with several factors, %1.</source>
            <translation>Die Person hat sich mit mehreren Faktoren angemeldet, %1.</translation>
        </message>
        <message>
            <source>The person signed in %1.</source>
            <translation>Die Person hat sich %1 angemeldet.</translation>
        </message>
        <message>
            <source>The person signed in with several factors.</source>
            <translation>Die Person hat sich mit mehreren Faktoren angemeldet.</translation>
        </message>
        <message>
            <source>When it ends cannot be read.</source>
            <translation>Wann es endet, lässt sich nicht lesen.</translation>
        </message>
        <message>
            <source>It does not say when it ends.</source>
            <translation>Es sagt nicht, wann es endet.</translation>
        </message>
        <message>
            <source>It ends %1.</source>
            <translation>Es endet %1.</translation>
        </message>
        <message>
            <source>It ended %1.</source>
            <translation>Es endete %1.</translation>
        </message>
        <message>
            <source>Expired</source>
            <translation>Abgelaufen</translation>
        </message>
        <message>
            <source>Its time is over.</source>
            <translation>Seine Zeit ist vorbei.</translation>
        </message>
        <message>
            <source>Continuous access</source>
            <translation>Fortlaufende Prüfung</translation>
        </message>
        <message>
            <source>It lives long because it can be revoked early: the application understands challenges.</source>
            <translation>Es lebt lange, weil es früher widerrufen werden kann: Die Anwendung versteht Challenges.</translation>
        </message>
        <message>
            <source>Not signed</source>
            <translation>Nicht signiert</translation>
        </message>
        <message>
            <source>Anybody may have written it.</source>
            <translation>Das kann jeder geschrieben haben.</translation>
        </message>
        <message>
            <source>Version %1</source>
            <translation>Version %1</translation>
        </message>
        <message>
            <source>Version of the token’s format.</source>
            <translation>Version des Tokenformats.</translation>
        </message>
        <message>
            <source>Application</source>
            <translation>Anwendung</translation>
        </message>
        <message>
            <source>No person takes part.</source>
            <translation>Keine Person ist beteiligt.</translation>
        </message>
        <message>
            <source>Several factors</source>
            <translation>Mehrere Faktoren</translation>
        </message>
        <message>
            <source>The person proved who they are in more than one way.</source>
            <translation>Die Person hat sich auf mehr als eine Weise ausgewiesen.</translation>
        </message>
        <message>
            <source>Bound to a key</source>
            <translation>An einen Schlüssel gebunden</translation>
        </message>
        <message>
            <source>Only the holder of the key can use it.</source>
            <translation>Nur wer den Schlüssel hat, kann es verwenden.</translation>
        </message>
        <message>
            <source>Guest</source>
            <translation>Gast</translation>
        </message>
        <message>
            <source>A guest in this tenant.</source>
            <translation>Ein Gast in diesem Mandanten.</translation>
        </message>
        <message>
            <source>Personal account</source>
            <translation>Persönliches Konto</translation>
        </message>
        <message>
            <source>A personal Microsoft account.</source>
            <translation>Ein persönliches Microsoft-Konto.</translation>
        </message>
        <message>
            <source>Groups left out</source>
            <translation>Gruppen weggelassen</translation>
        </message>
        <message>
            <source>There are more groups than fit into the token.</source>
            <translation>Es gibt mehr Gruppen, als ins Token passen.</translation>
        </message>
        <message>
            <source>Sandbox</source>
            <translation>Sandbox</translation>
        </message>
        <message>
            <source>Made by the sandbox provider of this computer.</source>
            <translation>Vom Sandbox-Anbieter dieses Computers gemacht.</translation>
        </message>
        <message>
            <source>access token</source>
            <translation>Zugriffstoken</translation>
        </message>
        <message>
            <source>personal access token</source>
            <translation>persönliches Zugriffstoken</translation>
        </message>
        <message>
            <source>token of an installed app</source>
            <translation>Token einer installierten App</translation>
        </message>
        <message>
            <source>refresh token</source>
            <translation>Aktualisierungstoken</translation>
        </message>
        <message>
            <source>authorization code</source>
            <translation>Autorisierungscode</translation>
        </message>
        <message>
            <source>client secret</source>
            <translation>Client-Geheimnis</translation>
        </message>
        <message>
            <source>API key</source>
            <translation>API-Schlüssel</translation>
        </message>
        <message>
            <source>API token</source>
            <translation>API-Token</translation>
        </message>
        <message>
            <source>identifier of an access key</source>
            <translation>Kennung eines Zugriffsschlüssels</translation>
        </message>
        <message>
            <source>deploy token</source>
            <translation>Deploy-Token</translation>
        </message>
        <message>
            <source>runner token</source>
            <translation>Runner-Token</translation>
        </message>
        <message>
            <source>job token</source>
            <translation>Job-Token</translation>
        </message>
        <message>
            <source>token of a bot</source>
            <translation>Token eines Bots</translation>
        </message>
        <message>
            <source>token of a user</source>
            <translation>Token einer Person</translation>
        </message>
        <message>
            <source>token of an app</source>
            <translation>Token einer App</translation>
        </message>
        <message>
            <source>service token</source>
            <translation>Dienst-Token</translation>
        </message>
        <message>
            <source>batch token</source>
            <translation>Batch-Token</translation>
        </message>
        <message>
            <source>The application that it was given to gets new access tokens of %1 with it, often for months: guard it like a password.</source>
            <translation>Die Anwendung, der es gegeben wurde, holt damit neue Zugriffstoken von %1, oft monatelang: Hüten Sie es wie ein Passwort.</translation>
        </message>
        <message>
            <source>An application exchanges it for tokens at %1, once and within minutes.</source>
            <translation>Eine Anwendung tauscht ihn bei %1 gegen Token, einmal und binnen Minuten.</translation>
        </message>
        <message>
            <source>An application proves with it to %1 that it is the one that was registered.</source>
            <translation>Eine Anwendung weist damit %1 nach, dass sie die registrierte ist.</translation>
        </message>
        <message>
            <source>It names a key of %1; without the secret key that belongs to it nothing can be done.</source>
            <translation>Sie benennt einen Schlüssel von %1; ohne den geheimen Schlüssel dazu lässt sich nichts damit tun.</translation>
        </message>
        <message>
            <source>A runner gets its jobs from %1 with it.</source>
            <translation>Ein Runner holt sich damit seine Jobs von %1.</translation>
        </message>
        <message>
            <source>Whoever holds it can call %1 with it, until it ends or is revoked there.</source>
            <translation>Wer es hat, kann damit %1 aufrufen, bis es endet oder dort widerrufen wird.</translation>
        </message>
    </context>
    <context>
        <name>TokenText</name>
        <message>
            <source>Refresh</source>
            <translation>Aktualisierung</translation>
        </message>
        <message>
            <source>Sign-in</source>
            <translation>Anmeldung</translation>
        </message>
        <message>
            <source>It came %1</source>
            <translation>Gekommen %1</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>%1, key %2</source>
            <translation>%1, Schlüssel %2</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
    </context>
    <context>
        <name>Wording</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n Sekunde</numerusform>
                <numerusform>%n Sekunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n Minute</numerusform>
                <numerusform>%n Minuten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s)</source>
            <translation>
                <numerusform>%n Stunde</numerusform>
                <numerusform>%n Stunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n Tag</numerusform>
                <numerusform>%n Tagen</numerusform>
            </translation>
        </message>
        <message>
            <source>not stated</source>
            <translation>nicht angegeben</translation>
        </message>
        <message>
            <source>in %1</source>
            <translation>in %1</translation>
        </message>
        <message>
            <source>%1 ago</source>
            <translation>vor %1</translation>
        </message>
        <message>
            <source>Token ready, expires %1</source>
            <translation>Token bereit, läuft ab %1</translation>
        </message>
        <message>
            <source>Expires %1</source>
            <translation>Läuft ab %1</translation>
        </message>
        <message>
            <source>Will be refreshed when needed</source>
            <translation>Wird erneuert, wenn es gebraucht wird</translation>
        </message>
        <message>
            <source>Sign in needed</source>
            <translation>Anmeldung nötig</translation>
        </message>
        <message>
            <source>Opening %1. Unlock it if it asks.</source>
            <translation>Öffnet %1. Entsperren Sie es, wenn danach gefragt wird.</translation>
        </message>
        <message>
            <source>Reading the configuration of %1</source>
            <translation>Liest die Konfiguration von %1</translation>
        </message>
        <message>
            <source>Checking the ID token</source>
            <translation>Prüft das ID-Token</translation>
        </message>
        <message>
            <source>Saving to %1 and reading it back</source>
            <translation>Speichert in %1 und liest es zurück</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>In your browser</source>
            <translation>In Ihrem Browser</translation>
        </message>
        <message>
            <source>On another device, with a code</source>
            <translation>Auf einem anderen Gerät, mit einem Code</translation>
        </message>
        <message>
            <source>In a window of this application</source>
            <translation>In einem Fenster dieser Anwendung</translation>
        </message>
        <message>
            <source>Used: good for another %1.</source>
            <translation>Verwendet: gültig, endet in %1.</translation>
        </message>
        <message>
            <source>Used: granted for the same request before, good for another %1.</source>
            <translation>Verwendet: für dieselbe Anfrage schon gewährt, endet in %1.</translation>
        </message>
        <message>
            <source>Still good, but the provider wants it refreshed since %1.</source>
            <translation>Noch gültig, aber der Anbieter will es seit %1 erneuert haben.</translation>
        </message>
        <message>
            <source>Not used: only %1 left.</source>
            <translation>Nicht verwendet: endet schon in %1.</translation>
        </message>
        <message>
            <source>Not used: expired %1 ago.</source>
            <translation>Nicht verwendet: seit %1 abgelaufen.</translation>
        </message>
        <message>
            <source>Not used: belongs to another application.</source>
            <translation>Nicht verwendet: gehört einer anderen Anwendung.</translation>
        </message>
        <message>
            <source>Not used: belongs to another tenant.</source>
            <translation>Nicht verwendet: gehört zu einem anderen Mandanten.</translation>
        </message>
        <message>
            <source>Not used: was granted for other scopes.</source>
            <translation>Nicht verwendet: wurde für andere Berechtigungen gewährt.</translation>
        </message>
        <message>
            <source>Not used: bound to another key.</source>
            <translation>Nicht verwendet: an einen anderen Schlüssel gebunden.</translation>
        </message>
        <message>
            <source>Not used: another token type.</source>
            <translation>Nicht verwendet: eine andere Art Token.</translation>
        </message>
        <message>
            <source>Not looked at: a new token was asked for.</source>
            <translation>Nicht angesehen: Ein neues Token wurde verlangt.</translation>
        </message>
        <message>
            <source>Refresh token sent to the provider.</source>
            <translation>Aktualisierungstoken an den Anbieter gesendet.</translation>
        </message>
        <message>
            <source>Refresh token of the family tried.</source>
            <translation>Aktualisierungstoken der Familie versucht.</translation>
        </message>
        <message>
            <source>Refresh token of another family: not used.</source>
            <translation>Aktualisierungstoken einer anderen Familie: nicht verwendet.</translation>
        </message>
        <message>
            <source>Refresh token accepted: a new token came.</source>
            <translation>Aktualisierungstoken angenommen: Ein neues Token kam.</translation>
        </message>
        <message>
            <source>Refresh token not accepted: %1.</source>
            <translation>Aktualisierungstoken nicht angenommen: %1.</translation>
        </message>
        <message>
            <source>Refresh token of the family not sent: the application does not belong to it.</source>
            <translation>Aktualisierungstoken der Familie nicht gesendet: Die Anwendung gehört nicht dazu.</translation>
        </message>
        <message>
            <source>This account is not in the cache.</source>
            <translation>Dieses Konto ist nicht im Zwischenspeicher.</translation>
        </message>
        <message>
            <source>Nothing is cached for this request.</source>
            <translation>Für diese Anfrage ist nichts zwischengespeichert.</translation>
        </message>
        <message>
            <source>Looked under another name of the provider.</source>
            <translation>Unter einem anderen Namen des Anbieters nachgesehen.</translation>
        </message>
        <message>
            <source>From the provider, by signing in</source>
            <translation>Vom Anbieter, durch Anmelden</translation>
        </message>
        <message>
            <source>From the cache, nothing was sent</source>
            <translation>Aus dem Zwischenspeicher, nichts wurde gesendet</translation>
        </message>
        <message>
            <source>From the provider, with the refresh token</source>
            <translation>Vom Anbieter, mit dem Aktualisierungstoken</translation>
        </message>
        <message>
            <source>Getting a token</source>
            <translation>Holt ein Token</translation>
        </message>
        <message>
            <source>Offline, the cached token expires %1</source>
            <translation>Offline, das zwischengespeicherte Token läuft %1 ab</translation>
        </message>
        <message>
            <source>Offline, no cached token is good any more</source>
            <translation>Offline, kein zwischengespeichertes Token ist mehr gültig</translation>
        </message>
        <message>
            <source>now</source>
            <translation>jetzt</translation>
        </message>
        <message>
            <source>Key store locked, the cached token expires %1</source>
            <translation>Schlüsselspeicher gesperrt, das zwischengespeicherte Token läuft %1 ab</translation>
        </message>
        <message>
            <source>Key store locked</source>
            <translation>Schlüsselspeicher gesperrt</translation>
        </message>
        <message>
            <source>Blocked by a policy of the provider</source>
            <translation>Durch eine Richtlinie des Anbieters gesperrt</translation>
        </message>
        <message>
            <source>Looking into the cache</source>
            <translation>Sieht im Zwischenspeicher nach</translation>
        </message>
        <message>
            <source>Waiting for another request for this account to end</source>
            <translation>Wartet, dass eine andere Anfrage für dieses Konto endet</translation>
        </message>
        <message>
            <source>Waiting for %1 to answer the refresh token</source>
            <translation>Wartet, dass %1 auf das Aktualisierungstoken antwortet</translation>
        </message>
        <message>
            <source>Refresh token bound to another key: not used.</source>
            <translation>Aktualisierungstoken an einen anderen Schlüssel gebunden: nicht verwendet.</translation>
        </message>
    </context>
</TS>
