# Makes the Windows installer, on Windows 10 or newer with Python 3.11 to 3.14 (64 bit) and NSIS 3.08 or newer:
#
#     powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1
#
# It comes to lie in dist\studyday-VERSION-setup.exe, with its SHA-256 sum next to it.
$ErrorActionPreference = "Stop"
$root = (Resolve-Path (Join-Path $PSScriptRoot "..\..")).Path
Set-Location $root

function Invoke-Checked([string] $Program) {
    & $Program @args
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}

$makensis = Get-Command makensis -ErrorAction SilentlyContinue
if ($makensis) { $makensis = $makensis.Source }
else { $makensis = Join-Path ${env:ProgramFiles(x86)} "NSIS\makensis.exe" }
if (-not (Test-Path $makensis)) { throw "NSIS is missing: install it from nsis.sourceforge.io, then run this again." }

$venv = Join-Path $root ".venv"
$python = Join-Path $venv "Scripts\python.exe"
if (-not (Test-Path $python)) { Invoke-Checked "py" -3 -m venv $venv }
Invoke-Checked $python -m pip install --quiet --require-hashes -r packaging\requirements.lock
Invoke-Checked $python -m pip install --quiet --no-deps --no-build-isolation --editable .

$version = & $python -c "import app; print(app.__version__)"
$env:PYTHONHASHSEED = "0"
$env:SOURCE_DATE_EPOCH = & git log -1 --format=%ct
$env:QT_QPA_PLATFORM = "offscreen"
Invoke-Checked $python packaging\windows\icon.py packaging\windows\studyday.ico
Invoke-Checked $python -m PyInstaller --noconfirm --distpath dist --workpath .local\build packaging\studyday.spec
Invoke-Checked $python packaging\components.py dist\studyday .local\build\studyday\shipped.json
$setup = Join-Path $root "dist\studyday-$version-setup.exe"
Invoke-Checked $makensis /V2 /WX /DVERSION=$version "/DFOLDER=$root\dist\studyday" "/DICON=$root\packaging\windows\studyday.ico" `
    "/DLICENCE=$root\LICENSE" "/DOUTPUT=$setup" packaging\windows\studyday.nsi
$sum = (Get-FileHash -Algorithm SHA256 $setup).Hash.ToLower()
Set-Content -Encoding ascii "$setup.sha256" "$sum  studyday-$version-setup.exe"
Write-Output "$setup, SHA-256 $sum"
