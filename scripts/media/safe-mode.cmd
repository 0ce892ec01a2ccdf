@echo off
rem Bluelift in safe mode: the second half of a safe-boot medium's work, in the host's own Windows, as administrator.
rem Runs the same agent as WinPE does, from this medium: removes by the recipe, clears the safe-boot flag, writes a second record.
rem `call` before every tool: a rehearsal lends batch files in their place.
setlocal EnableExtensions DisableDelayedExpansion
rem bcdedit opens the boot store for administrators only.
call bcdedit /enum {current} >nul 2>&1
if not "%ERRORLEVEL%"=="0" goto denied
rem What an earlier host left here: WinPE keeps it on its RAM disk, this medium stays.
del /f /q "%~dp0safe-mode\*.txt" >nul 2>&1
set "BLUELIFT_SAFE_MODE=yes"
call "%~dp0safe-mode\start.cmd"
exit /b %ERRORLEVEL%

:denied
echo.
echo   Run this as administrator: right click on safe-mode.cmd, "Run as administrator".
echo   Als Administrator ausführen: Rechtsklick auf safe-mode.cmd, "Als Administrator ausführen".
echo.
echo   ENTER / EINGABE
set /p "BLUELIFT_ANSWER=  > "
exit /b 1
