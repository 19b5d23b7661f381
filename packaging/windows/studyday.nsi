; The Windows installer: for one user, without an administrator. packaging/windows/build.ps1 makes it on Windows;
; `packaging/build windows` only checks that this script compiles.
;
; Asked for on the command line: VERSION, FOLDER (the built program), ICON, LICENCE, OUTPUT.

Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include MUI2.nsh
!include FileFunc.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Studyday"

Name "Studyday ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\Studyday"
InstallDirRegKey HKCU "Software\Studyday" "Folder"
BrandingText "Studyday ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "Studyday"
VIAddVersionKey /LANG=0 "FileDescription" "Studyday"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "Studyday developers, MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\studydayw.exe"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\Studyday"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"

!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Swedish"
!insertmacro MUI_LANGUAGE "Finnish"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString STUDY_FILE ${LANG_ENGLISH} "Studyday study file"
LangString STUDY_FILE ${LANG_SWEDISH} "Studyday-studiefil"
LangString STUDY_FILE ${LANG_FINNISH} "Studyday-tutkimustiedosto"
LangString STUDY_FILE ${LANG_SIMPCHINESE} "Studyday 研究文件"

LangString RUNNING ${LANG_ENGLISH} "Studyday is running. Close its window, then choose Retry."
LangString RUNNING ${LANG_SWEDISH} "Studyday körs. Stäng fönstret och välj Försök igen."
LangString RUNNING ${LANG_FINNISH} "Studyday on käynnissä. Sulje sen ikkuna ja valitse Yritä uudelleen."
LangString RUNNING ${LANG_SIMPCHINESE} "Studyday 正在运行。请关闭其窗口，然后选择“重试”。"

LangString FOREIGN ${LANG_ENGLISH} "The folder $INSTDIR has other files. Choose an empty or new folder."
LangString FOREIGN ${LANG_SWEDISH} "Mappen $INSTDIR innehåller andra filer. Välj en tom eller ny mapp."
LangString FOREIGN ${LANG_FINNISH} "Kansiossa $INSTDIR on muita tiedostoja. Valitse tyhjä tai uusi kansio."
LangString FOREIGN ${LANG_SIMPCHINESE} "文件夹 $INSTDIR 中有其他文件。请选择空文件夹或新文件夹。"

Function .onInit
    !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
    !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; A program that runs has its file open, and the file then cannot be opened for writing.
!macro WAIT_UNTIL_CLOSED NAME
    try_${NAME}:
    IfFileExists "$INSTDIR\${NAME}" 0 done_${NAME}
    ClearErrors
    FileOpen $0 "$INSTDIR\${NAME}" a
    IfErrors 0 close_${NAME}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY try_${NAME}
    Abort
    close_${NAME}:
    FileClose $0
    done_${NAME}:
!macroend

Section
    !insertmacro WAIT_UNTIL_CLOSED studyday.exe
    !insertmacro WAIT_UNTIL_CLOSED studydayw.exe
    ; An older version is taken away first, so that none of its files remains; another folder is not emptied.
    IfFileExists "$INSTDIR\studyday.exe" 0 unknown
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\licences"
    Goto put
    unknown:
    ${DirState} "$INSTDIR" $0
    IntCmp $0 1 0 put put
    MessageBox MB_OK|MB_ICONSTOP "$(FOREIGN)" /SD IDOK
    Abort
    put:
    SetOutPath "$INSTDIR"
    File /r "${FOLDER}\*"
    WriteUninstaller "$INSTDIR\uninstall.exe"

    CreateShortcut "$SMPROGRAMS\Studyday.lnk" "$INSTDIR\studydayw.exe" "" "$INSTDIR\studydayw.exe"

    WriteRegStr HKCU "Software\Studyday" "Folder" "$INSTDIR"
    WriteRegStr HKCU "Software\Classes\.studyday" "" "Studyday.Study"
    WriteRegStr HKCU "Software\Classes\Studyday.Study" "" "$(STUDY_FILE)"
    WriteRegStr HKCU "Software\Classes\Studyday.Study\DefaultIcon" "" '"$INSTDIR\studydayw.exe",0'
    WriteRegStr HKCU "Software\Classes\Studyday.Study\shell\open\command" "" '"$INSTDIR\studydayw.exe" -f "%1"'

    WriteRegStr HKCU "${KEY}" "DisplayName" "Studyday"
    WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${KEY}" "Publisher" "Studyday developers"
    WriteRegStr HKCU "${KEY}" "DisplayIcon" '"$INSTDIR\studydayw.exe",0'
    WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
    ${RefreshShellIcons}
SectionEnd

; Study files, backups, settings and logs lie in other folders and are not touched.
Section "Uninstall"
    !insertmacro WAIT_UNTIL_CLOSED studyday.exe
    !insertmacro WAIT_UNTIL_CLOSED studydayw.exe
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\licences"
    Delete "$INSTDIR\studyday.exe"
    Delete "$INSTDIR\studydayw.exe"
    Delete "$INSTDIR\LICENSE"
    Delete "$INSTDIR\NOTICE.txt"
    Delete "$INSTDIR\components.cdx.json"
    Delete "$INSTDIR\SHA256SUMS"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\Studyday.lnk"
    DeleteRegKey HKCU "Software\Classes\Studyday.Study"
    ReadRegStr $0 HKCU "Software\Classes\.studyday" ""
    StrCmp $0 "Studyday.Study" 0 kept
    DeleteRegKey HKCU "Software\Classes\.studyday"
    kept:
    DeleteRegKey HKCU "${KEY}"
    DeleteRegKey HKCU "Software\Studyday"
    ${RefreshShellIcons}
SectionEnd
