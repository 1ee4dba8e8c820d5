<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>CopyForm</name>
        <message numerus="yes">
            <source>&lt;token of %n byte(s)&gt;</source>
            <translation>
                <numerusform>&lt;token of %n byte&gt;</numerusform>
                <numerusform>&lt;token of %n bytes&gt;</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::CheckModel</name>
        <message numerus="yes">
            <source>%n failed</source>
            <translation>
                <numerusform>%n failed</numerusform>
                <numerusform>%n failed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n warning(s)</source>
            <translation>
                <numerusform>%n warning</numerusform>
                <numerusform>%n warnings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n passed</source>
            <translation>
                <numerusform>%n passed</numerusform>
                <numerusform>%n passed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not possible</source>
            <translation>
                <numerusform>%n not possible</numerusform>
                <numerusform>%n not possible</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ChecksView</name>
        <message numerus="yes">
            <source>Clocks may differ by %n second(s)</source>
            <translation>
                <numerusform>Clocks may differ by %n second</numerusform>
                <numerusform>Clocks may differ by %n seconds</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ClaimModel</name>
        <message numerus="yes">
            <source>%n item(s)</source>
            <translation>
                <numerusform>%n item</numerusform>
                <numerusform>%n items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n member(s)</source>
            <translation>
                <numerusform>%n member</numerusform>
                <numerusform>%n members</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>More than %n item(s): see JSON</source>
            <translation>
                <numerusform>More than %n item: see JSON</numerusform>
                <numerusform>More than %n items: see JSON</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Secret, %n byte(s)</source>
            <translation>
                <numerusform>Secret, %n byte</numerusform>
                <numerusform>Secret, %n bytes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::CountdownRing</name>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>%n minute left</numerusform>
                <numerusform>%n minutes left</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::DoctorPage</name>
        <message numerus="yes">
            <source>%n thing(s) will keep sign-ins from working.</source>
            <translation>
                <numerusform>%n thing will keep sign-ins from working.</numerusform>
                <numerusform>%n things will keep sign-ins from working.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Sign-ins should work; %n thing(s) are worth a look.</source>
            <translation>
                <numerusform>Sign-ins should work; %n thing is worth a look.</numerusform>
                <numerusform>Sign-ins should work; %n things are worth a look.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ForeignCacheDialog</name>
        <message numerus="yes">
            <source>%n account(s)</source>
            <translation>
                <numerusform>%n account</numerusform>
                <numerusform>%n accounts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n entry(s)</source>
            <translation>
                <numerusform>%n entry</numerusform>
                <numerusform>%n entries</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::FoundHere</name>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Import %n profile(s)…</source>
            <translation>
                <numerusform>&amp;Import %n profile…</numerusform>
                <numerusform>&amp;Import %n profiles…</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Import %n profile(s)</source>
            <translation>
                <numerusform>Import %n profile</numerusform>
                <numerusform>Import %n profiles</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::GetTokenDialog</name>
        <message numerus="yes">
            <source>Too short: it was to be good for %n minute(s) at least.</source>
            <translation>
                <numerusform>Too short: it was to be good for %n minute at least.</numerusform>
                <numerusform>Too short: it was to be good for %n minutes at least.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ImportDialog</name>
        <message numerus="yes">
            <source>%n can be imported. The others lack an issuer or a client ID: type it into the table.</source>
            <translation>
                <numerusform>%n can be imported. The others lack an issuer or a client ID: type it into the table.</numerusform>
                <numerusform>%n can be imported. The others lack an issuer or a client ID: type it into the table.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n can be imported.</source>
            <translation>
                <numerusform>%n can be imported.</numerusform>
                <numerusform>%n can be imported.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::InspectorPage</name>
        <message numerus="yes">
            <source>%n token(s) not opened: there is no room. Close some that are open.</source>
            <translation>
                <numerusform>%n token not opened: there is no room. Close some that are open.</numerusform>
                <numerusform>%n tokens not opened: there is no room. Close some that are open.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n token(s) that stood here are not in the cache any more: replaced by newer ones, or their account is signed out.</source>
            <translation>
                <numerusform>%n token that stood here is not in the cache any more: replaced by a newer one, or its account is signed out.</numerusform>
                <numerusform>%n tokens that stood here are not in the cache any more: replaced by newer ones, or their account is signed out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::MainWindow</name>
        <message numerus="yes">
            <source>Copied; the clipboard is cleared in %n second(s)</source>
            <translation>
                <numerusform>Copied; the clipboard is cleared in %n second</numerusform>
                <numerusform>Copied; the clipboard is cleared in %n seconds</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::PassphraseDialog</name>
        <message numerus="yes">
            <source>At least %n character(s).</source>
            <translation>
                <numerusform>At least %n character.</numerusform>
                <numerusform>At least %n characters.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ProfileModel</name>
        <message numerus="yes">
            <source>%n account(s)</source>
            <translation>
                <numerusform>%n account</numerusform>
                <numerusform>%n accounts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::ProfilesPage</name>
        <message numerus="yes">
            <source>%n profile(s) saved</source>
            <translation>
                <numerusform>%n profile saved</numerusform>
                <numerusform>%n profiles saved</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::Rail</name>
        <message numerus="yes">
            <source>%1, %n waiting for you</source>
            <translation>
                <numerusform>%1, %n waiting for you</numerusform>
                <numerusform>%1, %n waiting for you</numerusform>
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
        <message numerus="yes">
            <source>%1: %n byte(s)</source>
            <translation>
                <numerusform>%1: %n byte</numerusform>
                <numerusform>%1: %n bytes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n byte(s) in all.</source>
            <translation>
                <numerusform>%n byte in all.</numerusform>
                <numerusform>%n bytes in all.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::RefreshRow</name>
        <message numerus="yes">
            <source>Getting new tokens for %n account(s)</source>
            <translation>
                <numerusform>Getting new tokens for %n account</numerusform>
                <numerusform>Getting new tokens for %n accounts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::RemoveDialog</name>
        <message numerus="yes">
            <source>%n account(s) stay, with their tokens, in %1.</source>
            <translation>
                <numerusform>%n account stays, with its tokens, in %1.</numerusform>
                <numerusform>%n accounts stay, with their tokens, in %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n account(s) stay signed in, with their tokens: Accounts shows them as without a profile, and makes one again.</source>
            <translation>
                <numerusform>%n account stays signed in, with its tokens: Accounts shows it as without a profile, and makes one again.</numerusform>
                <numerusform>%n accounts stay signed in, with their tokens: Accounts shows them as without a profile, and makes one again.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SecretLabel</name>
        <message numerus="yes">
            <source>Hidden, %n byte(s)</source>
            <translation>
                <numerusform>Hidden, %n byte</numerusform>
                <numerusform>Hidden, %n bytes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SettingsDialog</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n second</numerusform>
                <numerusform>%n seconds</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::SignOutDialog</name>
        <message numerus="yes">
            <source>%n access token(s)</source>
            <translation>
                <numerusform>%n access token</numerusform>
                <numerusform>%n access tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n ID token(s)</source>
            <translation>
                <numerusform>%n ID token</numerusform>
                <numerusform>%n ID tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The browser has %n second(s) more to take the page</source>
            <translation>
                <numerusform>The browser has %n second more to take the page</numerusform>
                <numerusform>The browser has %n seconds more to take the page</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::StepModel</name>
        <message numerus="yes">
            <source>This computer is %n second(s) ahead</source>
            <translation>
                <numerusform>This computer is %n second ahead</numerusform>
                <numerusform>This computer is %n seconds ahead</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>This computer is %n second(s) behind</source>
            <translation>
                <numerusform>This computer is %n second behind</numerusform>
                <numerusform>This computer is %n seconds behind</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n key(s)</source>
            <translation>
                <numerusform>%n key</numerusform>
                <numerusform>%n keys</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n authority(ies)</source>
            <translation>
                <numerusform>%n certificate authority</numerusform>
                <numerusform>%n certificate authorities</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::StorageGroup</name>
        <message numerus="yes">
            <source>%n account(s)</source>
            <translation>
                <numerusform>%n account</numerusform>
                <numerusform>%n accounts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n token(s)</source>
            <translation>
                <numerusform>%n token</numerusform>
                <numerusform>%n tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n client secret(s)</source>
            <translation>
                <numerusform>%n client secret</numerusform>
                <numerusform>%n client secrets</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Countersign::Desktop::Tray</name>
        <message numerus="yes">
            <source>%n more in the window</source>
            <translation>
                <numerusform>%n more in the window</numerusform>
                <numerusform>%n more in the window</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SignIn</name>
        <message numerus="yes">
            <source>Waiting. The provider asked for slower polling: every %n second(s)</source>
            <translation>
                <numerusform>Waiting. The provider asked for slower polling: every %n second</numerusform>
                <numerusform>Waiting. The provider asked for slower polling: every %n seconds</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The ID token is verified: %n check(s) passed.</source>
            <translation>
                <numerusform>The ID token is verified: %n check passed.</numerusform>
                <numerusform>The ID token is verified: %n checks passed.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TokenSummary</name>
        <message numerus="yes">
            <source>It carries %n delegated permission(s): %1.</source>
            <translation>
                <numerusform>It carries %n delegated permission: %1.</numerusform>
                <numerusform>It carries %n delegated permissions: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It carries %n role(s): %1.</source>
            <translation>
                <numerusform>It carries %n role: %1.</numerusform>
                <numerusform>It carries %n roles: %1.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Wording</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n second</numerusform>
                <numerusform>%n seconds</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s)</source>
            <translation>
                <numerusform>%n hour</numerusform>
                <numerusform>%n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
    </context>
</TS>
