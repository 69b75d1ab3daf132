import type { Facts } from "@multiarch/contracts";

/** DLLs that come with Windows 10 and later, client and server. Names in lower case, without `.dll`. */
const windows: ReadonlySet<string> = new Set(
  `aclui activeds advapi32 apphelp authz avicap32 avifil32 avrt bcrypt bcryptprimitives bluetoothapis bthprops.cpl cabinet
   cfgmgr32 chakra clusapi combase comctl32 comdlg32 computecore connect coremessaging credui crypt32 cryptbase cryptdll
   cryptnet cryptui cryptsp d2d1 d3d10 d3d10_1 d3d10core d3d11 d3d12 d3d8 d3d9 d3dcompiler_47 davclnt dbgeng dbghelp dciman32
   dcomp ddraw dhcpcsvc dhcpcsvc6 difxapi dinput dinput8 directml dmoguids dnsapi dpapi drvstore dsound dsrole dssec dsuiext
   duser dwmapi dwrite dxcore dxgi dxva2 efsadu elscore esent evr faultrep fltlib fwpuclnt gdi32 gdi32full gdiplus glu32
   gpedit hal hid hlink hnetcfg httpapi icu icuin icuuc imagehlp imm32 inetcomm inkobjcore iphlpapi isolationmode kernel32
   kernelbase ksuser ktmw32 linkinfo loadperf lz32 magnification mapi32 mf mfplat mfplay mfreadwrite mi mlang mpr mprapi
   msacm32 mscms mscoree msctf msdelta msdmo msdrm mshtml msi msimg32 mspatcha msvcp60 msvcp_win msvcrt msvfw32 mswsock msxml3
   msxml6 mtxdm nci ncrypt ndfapi netapi32 netutils newdev ninput normaliz nsi ntdll ntdsapi ntlanman ntoskrnl.exe odbc32
   odbccp32 ole32 oleacc oleaut32 oledlg opengl32 p2p pdh powrprof profapi propsys prntvpt psapi query quartz qwave rasapi32
   rasdlg resutils rmclient rpcns4 rpcrt4 rstrtmgr rtm rtutils samcli samlib sas scarddlg schannel schedcli secur32 security
   sensapi setupapi sfc sfc_os shcore shell32 shfolder shlwapi slc slcext snmpapi srvcli srvsvc sspicli sti sxs synchronization
   t2embed tapi32 taskschd tbs tdh traffic txfw32 ucrtbase uiautomationcore umpdc urlmon user32 userenv usp10 uxtheme
   vdmdbg version virtdisk vssapi vulkan-1 wdsclientapi webservices websocket wer wevtapi wiaservc win32u windowscodecs
   windows.storage winhttp wininet winhvplatform winmm winnsi winscard winspool.drv winsta wintrust wintypes winusb wlanapi
   wldap32 wldp wmvcore wofutil wow32 ws2_32 wscapi wsdapi wsmsvc wsock32 wtsapi32 xaudio2_8 xaudio2_9 xinput1_4 xinput9_1_0
   xmllite xolehlp`.split(/\s+/),
);

/** Part of Windows, or a name that Windows resolves to a part of itself. */
export function isWindowsLibrary(name: string): boolean {
  return windows.has(name.replace(/\.dll$/, "")) || /^(?:api-ms-win-(?!crt-)|ext-ms-)/.test(name);
}

/** Of Windows itself from 10 on. */
export function isUniversalRuntime(name: string): boolean {
  return name.startsWith("api-ms-win-crt-");
}

/** The runtimes of Microsoft's compilers that are installed apart from Windows. */
export function isVisualRuntime(name: string): boolean {
  return /^(?:vcruntime\d+(?:_\w+)?|msvcp(?:\d{2,3})(?:_\w+)?d?|concrt\d+d?|vcomp\d+d?|vccorlib\d+d?|vcamp\d+d?|msvcr(?:\d{2,3})d?|mfcm?\d+ud?|mfc\d+|atl\d+|ucrtbased)\.dll$/.test(
    name,
  );
}

/**
 * What a module or library finds because Python has loaded it, or has it beside itself. A program is started from another
 * folder and finds none of it.
 */
export function comesWithPython(name: string, type: Facts["type"]): boolean {
  if (/^(?:python3\d*t?(?:_d)?|libpypy3[\d.]*-c|libpython3[\d.]*)\.dll$/.test(name)) return true;
  return type !== "executable" && /^vcruntime140(?:_1)?\.dll$/.test(name);
}
