@echo off
rem Bluelift in WinPE: started by winpeshl.ini (and by safe-mode.cmd in a host's own Windows: BLUELIFT_SAFE_MODE). Asks the agent's questions, because script host alone can not ask everywhere.
rem The agent is started anew for every turn; its exit code says what comes next (scripts/media/agent/next.ts).
rem What is typed stays in this environment, in memory, until it was used; it never goes into a file.
rem `call` before every tool: a rehearsal lends batch files in their place.
setlocal EnableExtensions DisableDelayedExpansion
cd /d "%~dp0"
set "BLUELIFT_WATCH="
set "BLUELIFT_ANSWER="
set "BLUELIFT_ANSWERS=0"
set "BLUELIFT_PASSCODE="
set "BLUELIFT_TYPED="
set "BLUELIFT_UNSURE="
set "WATCHING="
set "WHY="
set "ONCEMORE="
if not defined BLUELIFT_SAFE_MODE call wpeinit >nul 2>&1
mode con cols=80 lines=25 >nul 2>&1

if defined BLUELIFT_SAFE_MODE goto probe
rem Drivers of the medium, folder by folder in the order of their names (Intel RST has to come before VMD).
for %%d in (C D E F G H I J K L M N O P Q R S T U V W) do if exist "%%d:\bluelift\medium.txt" if exist "%%d:\bluelift\drivers\" call :drivers "%%d:\bluelift\drivers"
rem Started over the network it has the medium beside it.
if exist "%~dp0medium.txt" if exist "%~dp0drivers\" call :drivers "%~dp0drivers"

:probe
rem Is there a script host that can do what the agent needs? 42 is the probe's own answer.
set "SCRIPTHOST=cscript //nologo //E:JScript"
%SCRIPTHOST% "%~dp0probe.js" >nul 2>&1
if "%ERRORLEVEL%"=="42" goto ready
set "SCRIPTHOST=cscript //nologo"
%SCRIPTHOST% "%~dp0probe.js" >nul 2>&1
if "%ERRORLEVEL%"=="42" goto ready
set "WHY=script host does not answer / Script Host antwortet nicht (%ERRORLEVEL%)"
goto manual

:ready
set "BLUELIFT_CHANCE=%RANDOM% %RANDOM% %RANDOM% %RANDOM% %TIME%"

:turn
cls
%SCRIPTHOST% "%~dp0agent.js"
set "NEXT=%ERRORLEVEL%"
rem Zero is script host's own. Once more, with the same answer: the agent knows by their count whether it has heard it.
if not "%NEXT%"=="0" goto told
if defined ONCEMORE goto told
set "ONCEMORE=yes"
goto turn

:told
set "ONCEMORE="
if "%NEXT%"=="16" goto keep
set "BLUELIFT_ANSWER="
if "%NEXT%"=="10" goto ask
set "BLUELIFT_TYPED="
if "%NEXT%"=="11" goto green
if "%NEXT%"=="12" goto red
if "%NEXT%"=="13" goto blue
if "%NEXT%"=="14" goto passcode
if "%NEXT%"=="15" goto again
if "%NEXT%"=="17" goto restart
set "WHY="
if "%NEXT%"=="20" set "BLUELIFT_UNSURE=yes" & goto manual
if not "%NEXT%"=="18" set "WHY=the agent stopped / Agent abgebrochen (%NEXT%)"
goto manual

:again
color 07
goto turn

:green
color 2F
if not defined WATCHING if not defined BLUELIFT_SAFE_MODE call :watch
goto prompt

:red
color 4F
goto prompt

:blue
color 1F
if not defined WATCHING if not defined BLUELIFT_SAFE_MODE call :watch
goto prompt

:ask
color 07
:prompt
set /p "BLUELIFT_ANSWER=  > "
goto answered

:passcode
color 07
set "BLUELIFT_PASSCODE="
set /p "BLUELIFT_PASSCODE=  > "
goto answered

:answered
set /a "BLUELIFT_ANSWERS+=1"
goto turn

:keep
rem The agent looked at the answer: digits, spaces and hyphens only.
set "BLUELIFT_TYPED=%BLUELIFT_TYPED% %BLUELIFT_ANSWER%"
set "BLUELIFT_ANSWER="
goto turn

:restart
set "BLUELIFT_PASSCODE="
call :reboot
exit /b 0

:manual
set "BLUELIFT_PASSCODE="
color 07
call "%~dp0manual.cmd"
call :reboot
exit /b 1

:reboot
if not defined BLUELIFT_SAFE_MODE call wpeutil reboot
if defined BLUELIFT_SAFE_MODE call shutdown /r /t 15 >nul 2>&1
goto :eof

:watch
rem Beside the prompt: restarts the host when the stick is taken out.
rem From a copy of its own: a script host that has its file for itself while it reads it (Wine's does) ends a turn that begins meanwhile, with 0 and no word.
set "WATCHING=yes"
set "BLUELIFT_WATCH=yes"
copy /y "%~dp0agent.js" "%~dp0watch.js" >nul 2>&1
start "" /b %SCRIPTHOST% "%~dp0watch.js" >nul 2>&1
set "BLUELIFT_WATCH="
goto :eof

:drivers
rem `dir`, because a name with a blank in a plain `for` is not everywhere looked up.
for /f "delims=" %%f in ('dir /b /ad /on "%~1"') do for /f "delims=" %%i in ('dir /b /a-d /on "%~1\%%f\*.inf"') do call drvload "%~1\%%f\%%i" >nul 2>&1
goto :eof
