@echo off
rem Bluelift in WinPE: started by winpeshl.ini. Asks the agent's questions, because script host alone can not ask everywhere.
rem The agent is started anew for every turn; its exit code says what comes next (scripts/media/agent/flow.ts, NEXT).
rem What is typed stays in this environment, in memory, until it was used; it never goes into a file.
rem `call` before every tool: a rehearsal lends batch files in their place.
setlocal EnableExtensions DisableDelayedExpansion
cd /d "%~dp0"
set "BLUELIFT_WATCH="
set "BLUELIFT_ANSWER="
set "BLUELIFT_PASSCODE="
set "BLUELIFT_TYPED="
set "WATCHING="
set "WHY="
call wpeinit >nul 2>&1
mode con cols=80 lines=25 >nul 2>&1

rem Drivers of the medium, folder by folder in the order of their names (Intel RST has to come before VMD).
for %%d in (C D E F G H I J K L M N O P Q R S T U V W) do if exist "%%d:\bluelift\medium.txt" if exist "%%d:\bluelift\drivers\" call :drivers "%%d:\bluelift\drivers"

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
if not "%NEXT%"=="18" set "WHY=the agent stopped / Agent abgebrochen (%NEXT%)"
goto manual

:again
color 07
goto turn

:green
color 2F
if not defined WATCHING call :watch
goto prompt

:red
color 4F
goto prompt

:blue
color 1F
if not defined WATCHING call :watch
goto prompt

:ask
color 07
:prompt
set /p "BLUELIFT_ANSWER=  > "
goto turn

:passcode
color 07
set "BLUELIFT_PASSCODE="
set /p "BLUELIFT_PASSCODE=  > "
goto turn

:keep
rem The agent looked at the answer: digits, spaces and hyphens only.
set "BLUELIFT_TYPED=%BLUELIFT_TYPED% %BLUELIFT_ANSWER%"
set "BLUELIFT_ANSWER="
goto turn

:restart
set "BLUELIFT_PASSCODE="
call wpeutil reboot
exit /b 0

:manual
set "BLUELIFT_PASSCODE="
color 07
call "%~dp0manual.cmd"
call wpeutil reboot
exit /b 1

:watch
rem Beside the prompt: restarts the host when the stick is taken out.
set "WATCHING=yes"
set "BLUELIFT_WATCH=yes"
start "" /b %SCRIPTHOST% "%~dp0agent.js" >nul 2>&1
set "BLUELIFT_WATCH="
goto :eof

:drivers
for /f "delims=" %%f in ('dir /b /ad /on "%~1"') do for %%i in ("%~1\%%f\*.inf") do call drvload "%%i" >nul 2>&1
goto :eof
