@echo off
rem The way without script host: a person does what the agent would do. Claims nothing it can not see; writes no record.
rem Path and pattern come from recipe.txt of the medium; the content of a file and its time are for the person to judge.
rem Where the agent found that file not as it was written (BLUELIFT_UNSURE), what it names is shown as that, and nothing is removed.
setlocal EnableExtensions EnableDelayedExpansion
if defined WHY echo   !WHY!
set "MEDIUM="
for %%d in (C D E F G H I J K L M N O P Q R S T U V W) do if not defined MEDIUM if exist "%%d:\bluelift\medium.txt" set "MEDIUM=%%d:"
set "RECIPEPATH="
set "PATTERN="
set "KEEPFROM="
set "MODE="
rem Started over the network it has the medium beside it.
set "FOLDER="
if defined MEDIUM set "FOLDER=!MEDIUM!\bluelift\"
if not defined MEDIUM if exist "%~dp0medium.txt" set "FOLDER=%~dp0"
if defined FOLDER for /f "usebackq tokens=1,* delims==" %%a in ("!FOLDER!recipe.txt") do call :field "%%a" "%%b"
if defined FOLDER for /f "usebackq tokens=1,* delims==" %%a in ("!FOLDER!medium.txt") do call :field "%%a" "%%b"
if not defined RECIPEPATH goto norecipe
if not defined PATTERN goto norecipe

:volumes
echo.
echo   Bluelift, manual steps / manuelle Schritte
echo   -----------------------------------------------------------------------------
echo   Volumes:
set "SEEN="
for %%d in (C D E F G H I J K L M N O P Q R S T U V W) do call :volume %%d
if not defined SEEN goto novolume
echo.
echo   Letter of the Windows volume ^(ENTER: end^)
set "LETTER="
set /p "LETTER=  Buchstabe des Windows-Volumes (EINGABE: Ende) > "
if not defined LETTER goto ended
set "LETTER=!LETTER:~0,1!"
set "KNOWN="
for %%d in (C D E F G H I J K L M N O P Q R S T U V W) do if /i "!LETTER!"=="%%d" set "KNOWN=yes"
if not defined KNOWN goto volumes
if exist "!LETTER!:\Windows\System32\config\SYSTEM" goto look

:unlock
echo.
echo   Recovery password of !LETTER!: 48 digits, hyphens do not matter ^(ENTER: back^)
set "KEY="
set /p "KEY=  Wiederherstellungskennwort von !LETTER!: 48 Ziffern, Trennzeichen beliebig (EINGABE: zurück) > "
if not defined KEY goto volumes
rem A slash is the hyphen key of a German keyboard under WinPE's US layout.
if defined KEY set "KEY=!KEY:-=!"
if defined KEY set "KEY=!KEY: =!"
if defined KEY set "KEY=!KEY:/=!"
if not defined KEY goto unlock
set "KEY=!KEY:~0,6!-!KEY:~6,6!-!KEY:~12,6!-!KEY:~18,6!-!KEY:~24,6!-!KEY:~30,6!-!KEY:~36,6!-!KEY:~42!"
rem manage-bde takes it on its command line only; it stays in this WinPE's memory.
call manage-bde -unlock !LETTER!: -RecoveryPassword !KEY! >nul 2>&1
set "CODE=!ERRORLEVEL!"
set "KEY="
if exist "!LETTER!:\Windows\System32\config\SYSTEM" goto look
echo   Windows can not be read on !LETTER!: ^(manage-bde: !CODE!^)
echo   Kein Windows lesbar auf !LETTER!: ^(manage-bde: !CODE!^)
goto unlock

:look
echo.
echo   !LETTER!:\!RECIPEPATH!\!PATTERN!
if defined BLUELIFT_UNSURE call :unsure
if not exist "!LETTER!:\!RECIPEPATH!\!PATTERN!" goto nothing
dir /a /t:w "!LETTER!:\!RECIPEPATH!\!PATTERN!"
echo.
if defined BLUELIFT_UNSURE goto volumes
if "!MODE!"=="inspect" goto inspected
echo   Faulty only if older than !KEEPFROM! ^(UTC; the list shows this WinPE's time^).
echo   Fehlerhaft nur, wenn älter als !KEEPFROM! ^(UTC; die Liste zeigt die Zeit dieses WinPE^).
echo   Every file listed will be removed. Type YES to remove, anything else to go back.
set "SURE="
set /p "SURE=  Alle gelisteten Dateien werden entfernt. JA zum Entfernen, sonst zurück > "
if /i "!SURE!"=="YES" goto remove
if /i "!SURE!"=="JA" goto remove
rem The same keys of a German keyboard for YES and of a French one for JA, under WinPE's US layout.
if /i "!SURE!"=="ZES" goto remove
if /i "!SURE!"=="JQ" goto remove
goto volumes

:remove
del /f /a "!LETTER!:\!RECIPEPATH!\!PATTERN!"
if exist "!LETTER!:\!RECIPEPATH!\!PATTERN!" goto still
echo.
echo   No file of that name is there any more. No record was written: tell the desk.
echo   Keine Datei dieses Namens mehr da. Kein Protokoll geschrieben: der Leitstelle melden.
goto volumes

:still
echo.
echo   NOT removed:
echo   NICHT entfernt:
dir /a "!LETTER!:\!RECIPEPATH!\!PATTERN!"
goto volumes

:inspected
echo   This medium only inspects: nothing is removed. Tell the desk what is listed.
echo   Dieses Medium inspiziert nur: Nichts wird entfernt. Liste der Leitstelle melden.
goto volumes

:nothing
echo   No such file there. / Dort keine solche Datei.
goto volumes

:novolume
echo   None: no Windows and no locked volume is seen. A storage driver may be missing.
echo   Keine: weder Windows noch gesperrtes Volume. Vielleicht fehlt ein Speichertreiber.
echo   Leave the storage mode in the firmware as it is; tell the desk the model.
echo   Speichermodus der Firmware lassen; das Modell der Leitstelle melden.
echo.
echo   ENTER: look again; X: end
set "AGAIN="
set /p "AGAIN=  EINGABE: noch einmal ansehen; X: Ende > "
if /i "!AGAIN!"=="X" goto ended
goto volumes

:norecipe
echo   The medium or its recipe.txt can not be read. / Medium oder recipe.txt nicht lesbar.
echo   Plug the stick in again, then press ENTER; X ends.
set "AGAIN="
set /p "AGAIN=  Stick neu einstecken, dann EINGABE; X beendet > "
if /i "!AGAIN!"=="X" goto ended
endlocal
goto restart

:restart
"%~f0"

:ended
if not defined BLUELIFT_SAFE_MODE goto restarts
rem Otherwise this Windows would start in safe mode again and again.
echo   Is this Windows repaired? YES: the next start is a normal one. Else safe mode.
set "SURE="
set /p "SURE=  Windows repariert? JA: Nächster Start wie immer. Sonst abgesichert > "
if /i not "!SURE!"=="YES" if /i not "!SURE!"=="JA" if /i not "!SURE!"=="ZES" if /i not "!SURE!"=="JQ" goto restarts
call bcdedit /deletevalue {current} safeboot >nul 2>&1
set "CODE=!ERRORLEVEL!"
if "!CODE!"=="0" echo   The next start is a normal one. / Nächster Start wie immer.
if not "!CODE!"=="0" echo   STILL safe mode / WEITER abgesichert ^(bcdedit: !CODE!^)

:restarts
echo   Take the stick out. The host restarts. / Stick abziehen. Der Host startet neu.
echo   ENTER / EINGABE
set /p "AGAIN=  > "
exit /b 0

:unsure
echo   Recipe or agent of this medium is damaged: folder and name above may be wrong.
echo   Nothing is removed here. Tell the desk what is listed, take another medium.
echo   Rezept oder Agent des Mediums beschädigt: Ordner und Name oben evtl. falsch.
echo   Hier wird nichts entfernt. Liste der Leitstelle melden, anderes Medium nehmen.
goto :eof

:field
if "%~1"=="path" set "RECIPEPATH=%~2"
if "%~1"=="pattern" set "PATTERN=%~2"
if "%~1"=="keepFrom" set "KEEPFROM=%~2"
if "%~1"=="mode" set "MODE=%~2"
goto :eof

:volume
if /i "%~1:"=="!MEDIUM!" goto :eof
if exist "%~1:\Windows\System32\config\SYSTEM" goto open
call manage-bde -protectors -get %~1: -Type RecoveryPassword >nul 2>&1
if not "!ERRORLEVEL!"=="0" goto :eof
set "SEEN=yes"
echo   %~1:  locked / gesperrt
rem Of a locked volume manage-bde shows the key ID and never the recovery password.
if not exist "%~1:\" call manage-bde -protectors -get %~1: -Type RecoveryPassword
goto :eof

:open
set "SEEN=yes"
echo   %~1:  Windows
goto :eof
