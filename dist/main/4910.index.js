const go=4910,$o=[4910],bo={88978:((F,S,h)=>{h.d(S,{makePackages:()=>ho});var $=h(68243),x=h(76760),L=h(51455),k=h(59724),_=h(57079),E=h(19485),d=h(68067),b=h(94487);async function g(n){const{fetched:e,planPackage:t,group:s,settings:o,outputFolder:r}=n,i=(0,d.h)(n.target),{version:a,epoch:l}=e.plan.project,w=(0,b.F)(i,{package:t.name,version:a}),y=(0,b.C)(o.name,w,"archive.name"),j=y.includes("/")?"it holds a slash":(0,k._$)(y);if(j!==null)throw new $.y("MA710",{what:`${JSON.stringify(y)} is no file name: ${j}`,where:"archive.name",found:o.name});const M=i.os==="windows"?".exe":i.arch==="wasm32"?".wasm":"",P=[...s.map(({bin:R,deflated:I})=>({name:`${y}/${R}${M}`,mode:493,content:I})),...o.files.map(R=>{const I=e.documents.get(R);if(I===void 0)throw new $.G(`the plan does not hold ${R}`);return{name:`${y}/${R}`,mode:420,content:I}})];return await(0,L.mkdir)(r,{recursive:!0}),o.format==="zip"||o.format==="auto"&&i.os==="windows"?(0,_.z)((0,x.join)(r,`${y}.zip`),P,{epoch:l}):(0,E.S)((0,x.join)(r,`${y}.tar.gz`),P,{epoch:l})}var f=h(91033);async function u({fetched:n,planPackage:e,binaries:t,folder:s},o){const r=[];for(const[i,a]of(0,f.RI)((0,f.u$)(t))){const l=(0,x.join)(s,"archives"),w=await g({fetched:n,planPackage:e,target:i,group:a,settings:o,outputFolder:l});r.push({...(0,f.sh)(e.name,"archive",(0,x.basename)(w.path)),name:(0,x.basename)(w.path),version:n.plan.project.version,target:i,file:`archives/${(0,x.basename)(w.path)}`,size:w.size,sha256:w.sha256,from:a.map(f.TG)})}return r}const m=`"use strict";
// Says why nothing can be started, and what to do about it: one command.
const fs = require("node:fs");
const path = require("node:path");
module.exports = (context) => {
	const { own, root, host, usable, nearby, resolved, strangeness, glibc, interpreter } = context;
	const { arch, env, platform } = process;
	const built = own.built.split(" ").map((one) => one.split(":"));
	const names = (some) => some.map(([suffix]) => own.prefix + suffix).join(", ");
	const old = (minor) => \`needs glibc 2.\${minor}, this system has 2.\${glibc(minor)}\`;
	function missing() {
		const needed = usable.filter((one) => strangeness(one) < 2);
		const late = needed.filter(([, libc]) => libc > 28 && glibc(libc) < libc);
		if (late[0]) return \`\${names(late)} \${old(late[0][1])}\`;
		const apple = host === "darwin-x64" && /Apple/.test(require("node:os").cpus()[0]?.model);
		const why = apple
			? "this Node is for Intel, run by Rosetta 2"
			: "node_modules is from another platform";
		if (!needed[0]) {
			const libc = usable[0] ? \` with \${usable[0][1] === "musl" ? "glibc" : "musl"}\` : "";
			const all = built.map(([suffix]) => suffix).join(", ");
			return \`\${own.name} is not built for \${host}\${libc}\${apple ? \` (\${why})\` : ""}, only for \${all}\`;
		}
		const wanted = needed.map(([suffix]) => suffix);
		const others = built.filter(
			(one) => !wanted.includes(one[0]) && (nearby(one) || resolved(one)),
		);
		if (others[0])
			return \`\${names(needed)} is needed, \${names(others)} found: \${why}. \${repair(needed[0])}\`;
		const { file, listed } = lockFile();
		const how = file && !listed ? \`\${file} does not list it\` : "left out, as by --omit=optional";
		return \`\${names(needed)} is not installed: \${how}. \${repair(undefined, true)}\`;
	}
	function trouble({ one, file } = {}, { code, message = \`\${file} cannot be started\` } = {}) {
		if (code === "ERR_ACCESS_DENIED") {
			return \`\${message}: Node was started with --permission; add --allow-fs-read=* --allow-child-process\`;
		}
		if (!file) return message;
		const again = one ? \`. \${repair()}\` : "";
		if (!fs.existsSync(file)) return \`\${file} is missing\${again}\`;
		try {
			fs.accessSync(file, fs.constants.X_OK);
		} catch {
			return fs.statSync(file).mode & 0o111
				? \`\${file} may not be executed: its disk is mounted noexec, or it is another user's\`
				: \`\${file} lost its mode\${again}\`;
		}
		const loader = interpreter(file);
		if (loader === undefined) return \`\${file} is damaged\${again}\`;
		if (!loader || fs.existsSync(loader)) return message;
		return one && strangeness(one) > 1 ? missing() : \`\${file} needs \${loader}, which is missing\`;
	}
	function unloadable(causes) {
		const told = causes.map(({ message }) => message.split("\\n")[0]).join("; ");
		const [, needed] = /GLIBC_2\\.(\\d+)/.exec(told) || [];
		let what = repair();
		if (needed) what = \`It \${old(needed)}\`;
		else if (/DLOPEN_DISABLED/.test(causes[0].code)) {
			what = "Node was told to load none: by --no-addons, or --permission without --allow-addons";
		} else if (/not permitted/.test(told)) what = "Its disk may be mounted noexec";
		else if (/specified module/.test(told)) what = "The Visual C++ runtime may be missing";
		const cause = causes[1] ? new AggregateError(causes, told) : causes[0];
		return Error(\`\${own.name} could not be loaded: \${told}. \${what}\`, { cause });
	}
	function lockFile() {
		const [, agent] = /^(npm|pnpm|yarn|bun|deno)\\//.exec(env.npm_config_user_agent) || [];
		const files = {
			npm: "package-lock.json",
			pnpm: "pnpm-lock.yaml",
			yarn: "yarn.lock",
			bun: "bun.lock",
			deno: "deno.lock",
		};
		const entry = { npm: ["node_modules/", '"'], bun: ["", '": ['] };
		for (let from, folder = project(); folder !== from; ) {
			for (const manager of agent ? [agent] : Object.keys(files)) {
				const file = path.join(folder, files[manager]);
				if (fs.existsSync(file)) {
					const text = fs.readFileSync(file, "latin1");
					const [before, after] = entry[manager] || ["", ""];
					const holds = ([suffix]) => text.includes(before + own.prefix + suffix + after);
					const listed = usable.some(holds);
					return { manager, folder, file, listed, berry: text.includes("__metadata") };
				}
			}
			from = folder;
			folder = path.dirname(folder);
		}
		return { manager: agent || "npm" };
	}
	function project() {
		if (!process.versions.pnp) return path.dirname(root);
		const { getPackageInformation, topLevel } = require("pnpapi");
		return path.resolve(getPackageInformation(topLevel).packageLocation);
	}
	function repair(one, absent) {
		const { manager, folder, file, listed, berry } = lockFile();
		const libc = one?.[1] ? \` --libc=\${one[1] === "musl" ? "musl" : "glibc"}\` : "";
		const flags = \`--include=optional\${one ? \` --os=\${platform} --cpu=\${arch}\${libc}\` : ""}\`;
		if (listed) {
			const again = { npm: \`ci \${flags}\`, deno: "install --reload" }[manager];
			const other = berry || (absent && manager === "pnpm") ? "install" : "install --force";
			return \`Run in \${folder}: \${manager} \${again || other}\`;
		}
		if (file && manager === "pnpm") return \`Run in \${folder}: pnpm install --fix-lockfile\`;
		const away = file && manager === "bun" ? \`bun remove \${own.name} && \` : "";
		const global = /[\\\\/](lib|npm)[\\\\/]node_modules[\\\\/]/.test(root) && !folder ? "-g " : "";
		const verb = manager === "npm" ? \`install \${global}\${flags}\` : "add";
		const scheme = manager === "deno" ? "npm:" : "";
		return \`Run: \${away}\${manager} \${verb} \${scheme}\${own.name}@\${own.version}\`;
	}
	return { missing, trouble, unloadable };
};
`,p=`"use strict";
const fs = require("node:fs");
const path = require("node:path");
const own = __PACKAGE__;
const { arch, env, platform } = process;
const { existsSync: exists } = fs;
const root = path.join(__dirname, own.root);
const host = \`\${platform}-\${arch}\`;
const usable = [];
for (const one of own.built.split(" ")) {
	const [suffix, libc] = one.split(":");
	if (\`\${suffix}-\`.startsWith(\`\${host}-\`) || suffix === \`\${platform}-universal\`) {
		usable.push([suffix, libc]);
	}
}
function nearby([suffix]) {
	for (const base of ["node_modules", own.name[0] === "@" ? "../.." : ".."]) {
		const folder = path.join(root, base, own.prefix + suffix);
		if (exists(folder)) return folder;
	}
}
function resolved([suffix]) {
	try {
		const file = require.resolve(\`\${own.prefix + suffix}/package.json\`, { paths: [root] });
		if (require(file).version.replace(\`-\${suffix}\`, "") === own.version) return path.dirname(file);
	} catch {
		return undefined;
	}
}
function installed() {
	for (const folderOf of [nearby, resolved]) {
		const found = [];
		for (const one of usable) {
			const folder = folderOf(one);
			if (folder) found.push([one[0], one[1], folder]);
		}
		if (found[1]) found.sort((one, other) => strangeness(one) - strangeness(other));
		const fit = found.filter(([, libc]) => !(libc > 28 && glibc(libc) < libc));
		if (fit[0]) return fit;
	}
	throw Error(help().missing());
}
function strangeness([, libc]) {
	if (!libc) return 1;
	return (libc === "musl") === /ld-musl/.test(interpreter(process.execPath)) ? 0 : 2;
}
function glibc(needed) {
	let found;
	try {
		[, found] = /\\) 2\\.(\\d+)/.exec(fs.readFileSync("/usr/bin/ldd"));
	} catch {
		found = 0;
	}
	if (found >= needed) return found;
	process.report.excludeNetwork = true;
	return process.report.getReport().header.glibcVersionRuntime?.slice(2);
}
function interpreter(file) {
	let descriptor;
	try {
		descriptor = fs.openSync(file);
	} catch {
		return "";
	}
	const read = (length, position) => {
		const view = new DataView(new ArrayBuffer(length));
		fs.readSync(descriptor, view, 0, length, position);
		return view;
	};
	try {
		const head = read(64, 0);
		const magic = head.getUint32(0);
		if (magic !== 0x7f454c46) {
			return /^(2321|4d5a|c[ef]faedfe|cafebab)/.test(magic.toString(16)) ? "" : undefined;
		}
		const wide = head.getUint8(4) === 2;
		const little = head.getUint8(5) === 1;
		const word = (view, at) =>
			wide ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
		const [table, count, size, start, length] = wide ? [32, 56, 56, 8, 32] : [28, 44, 32, 4, 16];
		const rows = read(size * head.getUint16(count, little), word(head, table));
		let found;
		for (let at = 0; at < rows.byteLength; at += size) {
			const type = rows.getUint32(at, little);
			if (type === 1) found ??= "";
			if (type === 3) {
				const text = read(word(rows, at + length), word(rows, at + start));
				[found] = Buffer.from(text.buffer).toString().split("\\0");
			}
		}
		return found;
	} catch {
		return undefined;
	} finally {
		fs.closeSync(descriptor);
	}
}
function help() {
	const context = { own, root, host, usable, nearby, resolved, strangeness, glibc };
	return require(path.join(root, own.help))({ ...context, interpreter });
}
`,v=`function find(name) {
	const variable = own.commands[name];
	if (!variable) throw Error(\`no command \${name}\`);
	if (env[variable]) return { file: path.resolve(env[variable]) };
	const [one] = installed();
	return { one, file: path.join(one[2], "bin", platform === "win32" ? \`\${name}.exe\` : name) };
}
function starts(file) {
	try {
		fs.accessSync(file, fs.constants.X_OK);
		const loader = interpreter(file);
		return loader === "" || exists(loader ?? "");
	} catch {
		return false;
	}
}
`,A=`exports.binaryPath = (name = Object.keys(own.commands)[0]) => {
	const found = find(name);
	if (starts(found.file)) return found.file;
	throw Error(help().trouble(found));
};
`,C=`function run(name) {
	const fail = (error) => {
		const why = error.code ? help().trouble(found, error) : error.message;
		process.removeAllListeners("warning");
		process.stderr.write(\`\${name}: \${why}\\n\`);
		process.exitCode = 1;
	};
	const args = process.argv.slice(2);
	let found;
	try {
		found = find(name);
		const careful = !process.execve || Number.parseInt(process.versions.node, 10) < 26;
		if (careful && found.one && !starts(found.file)) throw Error(help().trouble(found));
		if (!process.execve || platform === "win32" || (careful && !found.one)) {
			watch(found.file, args, fail);
		} else {
			process.on("SIGPIPE", String).on("SIGXFSZ", String);
			process.execve(found.file, [found.file, ...args]);
		}
	} catch (error) {
		fail(error);
	}
}
function watch(file, args, fail) {
	const signals = "SIGHUP SIGINT SIGQUIT SIGTERM SIGUSR1 SIGUSR2 SIGBREAK".split(" ");
	const typed = require("node:tty").isatty(0) ? /INT|QUIT/ : /^$/;
	const forward = (signal) => platform === "win32" || typed.test(signal) || child.kill(signal);
	for (const signal of signals) process.on(signal, forward);
	const child = require("node:child_process").spawn(file, args, { stdio: "inherit" });
	child.on("error", fail);
	child.on("exit", (code, signal) => {
		for (const one of signals) process.off(one, forward);
		process.exitCode = code;
		if (!signal) return;
		process.kill(process.pid, signal);
		process.exit(128 + require("node:os").constants.signals[signal]);
	});
}
`,T=`function load() {
	const given = env[own.variable];
	if (given) return require(path.resolve(given));
	const causes = [];
	const attempt = (file) => {
		try {
			return { exports: require(file) };
		} catch (error) {
			causes.push(error);
		}
	};
	for (const suffix of ["", ...usable.map(([one]) => \`.\${one}\`)]) {
		const file = path.join(__dirname, \`\${own.addon}\${suffix}.node\`);
		const loaded = exists(file) && attempt(file);
		if (loaded) return loaded.exports;
	}
	let found = [];
	try {
		found = installed();
	} catch (error) {
		if (!causes[0]) throw error;
		causes.push(error);
	}
	const fit = found.filter((one) => strangeness(one) < 2);
	if (found[0] && !fit[0]) causes.push(Error(help().missing()));
	for (const [, , folder] of fit) {
		const loaded = attempt(folder);
		if (loaded) return loaded.exports;
	}
	throw help().unloadable(causes);
}
module.exports = load();
`,W=p+v+A,D=p+v+C,z=p+T;var N=h(86780);const Q=28;function q(n,e,t,s,o){const r={name:e.main.name,version:t,root:s,help:(0,N.eD)(e.main),prefix:e.prefix,built:e.platforms.map(Kn).join(" "),...o},i=Object.entries(r).map(([y,j])=>`	${y}: ${JSON.stringify(j)},
`),[a,l,...w]=n.split("__PACKAGE__");if(a===void 0||l===void 0||w.length>0)throw new $.G("a launcher's text has not exactly one place for the package's facts");return`${a}{
${i.join("")}}${l}`}function Kn({suffix:n,os:e,cpu:t,libc:s,glibc:o}){if(!(n===`${e}-universal`)&&!t.every(i=>`${n}-`.startsWith(`${e}-${i}-`)))throw new $.G(`the launcher cannot tell that ${n} is for ${e} ${t.join()}`);return s===null?n:`${n}:${s==="musl"?s:Math.max(Q,Zn(o))}`}function Zn(n){return Number(n?.split(".")[1]??0)}function ln(n,e){const t=n.toUpperCase().replace(/[^A-Z0-9]/g,"_");return`${/^\d/.test(t)?"_":""}${t}_${e}_PATH`}function un(n,e,t){const s=Vn(n),o=Object.fromEntries(s.filter(([i])=>t===void 0||i===t));return t===void 0?q(W,n,e,".",{commands:o}):`#!/usr/bin/env node
${q(D,n,e,"..",{commands:o})}run(${JSON.stringify(t)});
`}function Vn(n){const e=new Map;for(const t of fn(n)){const s=ln(t,"BINARY"),o=e.get(s);if(o!==void 0)throw new $.y("MA801",{what:`the commands ${o} and ${t} would both be overridden by ${s}`,fix:"rename one of them: they differ in nothing but case or punctuation"});e.set(s,t)}return[...e].map(([t,s])=>[s,t])}function Hn(n){return`/**
 * Absolute path of the native executable for this machine, so that it can be started without Node in between.
 * Throws an Error that says what to do when it is not installed or cannot be started here.
 */
export function binaryPath(name?: ${fn(n).map(t=>JSON.stringify(t)).join(" | ")}): string;
`}function fn({main:n}){const e=n.name.replace(/^.*\//,"");return[...n.bins].sort((t,s)=>+(s===e)-+(t===e))}function Jn({layout:n,main:e},t,s,o){const r=t+s;return n==="alias"?{name:e,version:`${o}-${s}`,folder:r}:{name:r,version:o,folder:r}}function Xn({scope:n,layout:e,main:t,several:s},o){if(e==="alias")return`${t}-`;if(n===null)return`${s===!0?Yn(t)+nn(o.name):t}-`;if(/^@[^/@]+\/[^/@]+$/.test(n))return`${n}-`;if(!/^@[^/@]+$/.test(n))throw new $.y("MA801",{what:`npm.scope ${n} is not a scope`,expected:"an @ and a name, such as @example, or with what names start with: @example/tool",found:n});return s===!0?`${n}/${nn(o.name)}-`:e==="scoped"?`${n}/`:`${n}/${nn(t)}-`}function Yn(n){return/^@[^/]*\//.exec(n)?.[0]??""}function nn(n){return n.replace(/^@[^/]*\//,"")}function dn(n,e){return`${n.replace(/^@/,"").replace("/","-")}-${e}.tgz`}function Qn(n,e){const{name:t,addon:s}=n.main;if(s===null)throw new $.G(`${t} has no addon to load`);const o=ln(t.replace(/^@/,""),"ADDON");return q(z,n,e,".",{addon:s.file,variable:o})}const qn=`declare const addon: any;
export = addon;
`;var hn=h(68880),Z=h(75262);function en(n,e,t,s){const o=e.access??(n.startsWith("@")?"public":null),r=(0,Z.tK)(t),a=(s!==null&&e.layout==="alias"?[r,s]:[r]).filter(l=>l!==void 0).join("-");return{...o===null?{}:{access:o},...a===""?{}:{tag:a}}}function mn({addon:n,suffix:e},{names:t}){return n===null?null:t==="napi"?`${n.bin}.${e}.node`:`${n.bin}.node`}function ne(n,e,t,s){const{suffix:o,name:r,version:i,binaries:a}=n,l=mn(n,t),{about:w,publish:y}=(0,hn.F)(t.platformFields?.[o]);return gn({name:r,version:i,description:`${e} for ${o}: installed by ${e}, not by itself`,...w,...pn(s),os:[n.os],cpu:n.cpu,...n.libc===null?{}:{libc:[n.libc]},...l===null?{}:{main:l},preferUnplugged:!0,files:[...a.length>0?["bin"]:[],...l===null?[]:[l]],...wn(y,en(r,t,s.version,o))})}function ee(n,e,t){const{name:s,bins:o}=n.main,{about:r,entries:i,needs:a,publish:l}=(0,hn.e)(e.manifest),w=Object.fromEntries(o.map(y=>[y,`bin/${y}${n.main.ending}`]));return gn({name:s,version:t.version,...t.description===null?{}:{description:t.description},...pn(t),...r,type:"commonjs",...oe(n,e,i),...i,...o.length===0?{}:{bin:w},files:se(n,e),...a,optionalDependencies:{...ie(a.optionalDependencies,n.prefix),...Object.fromEntries(n.platforms.map(y=>[y.folder,te(y,e.layout)]))},...wn(l,en(s,e,t.version,null))})}function te({name:n,version:e},t){return t==="alias"?`npm:${n}@${e}`:e}function oe({main:n},{files:e},t){const s=a=>e.some(({name:l})=>l===a),[o]=(0,N.W0)(n),r=["main","exports"].some(a=>a in t)||s("index.js");if(o===void 0||r)return{};const i=[(0,N.pl)(o),o.replace(/\.c?js$/,".d.ts")].find(s);return{main:o,..."types"in t||"typings"in t?{}:{types:i??(0,N.pl)(o)}}}function se({main:n},{files:e}){const t=(0,N.W0)(n),s=e.map(({name:o})=>o.split("/")[0]??o);return[...new Set([...n.bins.length>0?["bin"]:[],...t.flatMap(o=>[o,(0,N.pl)(o)]),(0,N.eD)(n),...s])]}const re=/^(?:aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|wasm32|win32)-/;function ie(n,e){return Object.fromEntries(Object.entries(n??{}).filter(([t])=>!(t.startsWith(e)&&re.test(t.slice(e.length)))))}function pn({license:n,repository:e,homepage:t}){return{...n===null?{}:{license:n},...e===null?{}:{repository:ae(e)},...t===null?{}:{homepage:t}}}function ae(n){if(!/^(https?|git|ssh):\/\//.test(n))return n;const e=n.replace(/\/+$/,""),t=e.endsWith(".git")?"":".git";return{type:"git",url:`${/^https?:/.test(e)?"git+":""}${e}${t}`}}function wn(n,e){const t={...n,...e};return Object.keys(t).length===0?{}:{publishConfig:t}}function gn(n){return`${JSON.stringify(n,null,2)}
`}var ce=h(82366);function le({main:n},e,t,s){if(t.length===0)throw new $.y("MA805",{what:`npm package ${n} has no native file that npm could install`,found:`${s} files, none of them for a platform of Node`});const o=new Map;for(const r of[{name:n,version:e,folder:n},...t]){const i=(0,Z.ZJ)(r.folder);if(i!==null)throw new $.y("MA801",{what:`npm refuses the name ${r.folder}: ${i}`,found:r.folder});const a=dn(r.name,r.version),l=o.get(a);if(l!==void 0)throw new $.y("MA801",{what:`npm packages ${l} and ${r.name} would have one file name`,fix:"set npm.scope or npm.main so that the main package differs from the platform packages"});o.set(a,r.name)}}var ue=h(15670);const fe={windows:"win32"},$n={ppc64le:"ppc64",arm64ec:"arm64"},de=new Set(["linux","darwin","windows","android","freebsd","netbsd","openbsd","sunos","openharmony"]);function he(n){const{facts:e,kind:t}=n,{os:s}=e;if(e.format==="wasm"||s===null||!de.has(s))return{none:`Node does not ${t==="addon"?"load":"start"} ${e.format} ${t}s of ${s??"an unknown system"}`};const o=fe[s]??s;if(e.format==="macho"&&e.slices.length>1){const i=[...new Set(e.slices.map(({arch:a})=>$n[a]??a))].sort();return{os:o,cpu:i,libc:null}}if(e.arch===null)return{unclear:"its processor is unknown"};const r=me(n);return r==="unknown"?{unclear:"it is linked dynamically, with a libc that is unknown"}:{os:o,cpu:[$n[e.arch]??e.arch],libc:r}}function me({facts:n,kind:e,target:t}){if(n.os!=="linux"||n.static===!0)return null;if(n.libc==="glibc"||n.libc==="musl")return n.libc;if(e!=="addon"||n.libc!==null)return"unknown";const s=(0,d.h)(t),[o]=s.rows;return!s.short&&(o?.libc==="glibc"||o?.libc==="musl")?o.libc:n.needed.length===0?null:"unknown"}function pe(n,e){let t;for(const s of e){const o=he(s);if("unclear"in o){const r=s.kind==="addon"?"ask for an exact target, such as linux-x64-gnu: then the libc is known from it":"build it as an executable whose libc and processor can be read from its header";throw new $.y("MA805",{what:`npm cannot be told where ${s.bin} of ${n} runs: ${o.unclear}`,fix:r})}t=t===void 0?o:we(n,t,o)}return t??{none:"nothing was built for it"}}function we(n,e,t){if("none"in e&&"none"in t)return e;if(!("none"in e)&&!("none"in t)&&e.os===t.os&&e.cpu.join()===t.cpu.join()&&(e.libc===t.libc||e.libc===null||t.libc===null))return e.libc===null?t:e;throw new $.y("MA805",{what:`the files of ${n} were built for different platforms`,expected:"one platform",found:`${bn(e)} and ${bn(t)}`})}function ge(n,e,t,s){const o=e.filter(({kind:l})=>l==="executable").sort((l,w)=>l.bin<w.bin?-1:1),r=e.filter(({kind:l})=>l==="addon"),i=[...o,...r].map($e),a=[...t,...s===null?[]:[`${s}.node`]];if(i.join()!==a.join())throw new $.y("MA805",{what:`target ${n} does not have each file of the package once`,expected:a.join(", "),found:i.join(", ")});return{executables:o,addon:r[0]??null}}function $e({kind:n,bin:e}){return n==="addon"?`${e}.node`:e}function bn(n){if("none"in n)return n.none;const{os:e,cpu:t,libc:s}=n;return[e,t.join("+"),...s===null?[]:[s]].join("-")}function be(n,e,t){ye(e.version);const s=Xn(n,e),o=t.filter(({kind:M})=>M==="executable"),r=vn(new Set(o.map(({bin:M})=>M)));for(const M of r)yn(M,"a command");const i=n.addon??null;i!==null&&yn(i,"an addon");const a=[],l=[];for(const M of vn(new Set(t.map(P=>P.target)))){const P=t.filter(R=>R.target===M),O=pe(M,P);"none"in O?a.push({target:M,why:O.none}):l.push({target:M,place:O,...ge(M,P,r,i)})}const w=new Map;for(const M of l){const P=xe(n,e,s,M,ve(M,l)),O=w.get(P.folder);w.set(P.folder,O===void 0?P:_e(O,P))}const y={platforms:xn([...w.values()],({folder:M})=>M),prefix:s},j=(0,N.z0)(n,r);return le(n,e.version,y.platforms,t.length),{...y,main:j,none:a}}function ye(n){const e=(0,Z.y0)(n);if(e!==null)throw new $.y("MA802",{what:`npm cannot publish version ${n}: ${e}`,found:n})}function yn(n,e){const t=(0,Z.pW)(n);if(t!==null)throw new $.y("MA801",{what:`"${n}" cannot be ${e}: ${t}`})}function ve({place:n},e){if(n.os!=="linux"||n.libc!==null)return n;const t=new Set(e.flatMap(({place:{os:s,cpu:o,libc:r}})=>s===n.os&&o.join()===n.cpu.join()&&r!==null?[r]:[]));return t.size!==1?n:{...n,libc:t.has("glibc")?"musl":"glibc"}}function xe(n,{version:e},t,{target:s,executables:o,addon:r},i){const a=r===null?o:[...o,r],[l]=a,w=l===void 0?null:(0,ue.J7)(n.names,i,l);if(w===null)throw(0,ce.$)(n.names,s);return{...i,suffix:w,...Jn(n,t,w,e),targets:[s],binaries:o,addon:r,sources:a,glibc:i.libc==="glibc"?Me(a):null}}function _e(n,e){const t=({binaries:s,addon:o})=>[...s,o].map(r=>r?.sha256??"none").join();if(t(n)!==t(e)){const s=n.libc!==e.libc&&n.suffix===e.suffix;throw new $.y("MA803",{what:`targets ${n.targets.join(", ")} and ${e.targets.join(", ")} both give the npm package ${n.folder}, with different bytes`,fix:s?"write npm.names: node, which tells libcs apart, or leave one of the two targets out":"leave one of the two targets out, or link them to different libcs: npm tells neither ARM versions nor byte orders apart"})}return{...n,libc:n.libc===e.libc?n.libc:null,targets:[...n.targets,...e.targets],sources:[...n.sources,...e.sources]}}function Me(n){return n.map(({facts:e})=>e.glibcMin).reduce((e,t)=>ke(t,e)?t:e,null)}function ke(n,e){if(n===null||e===null)return n!==null;const[t=0,s=0]=n.split(".").map(Number),[o=0,r=0]=e.split(".").map(Number);return t===o?s>r:t>o}function vn(n){return xn([...n],e=>e)}function xn(n,e){return[...n].sort((t,s)=>e(t)<e(s)?-1:e(t)>e(s)?1:0)}function Ee({suffix:n,targets:e,binaries:t,addon:s,glibc:o},{main:r},{version:i,repository:a,commit:l},w){const y=[...t.map(({bin:P,sha256:O})=>`- \`${P}\`, SHA-256 \`${O}\``),...s===null?[]:[`- \`${w}\`, SHA-256 \`${s.sha256}\``]],j=s===null?"Native executables":t.length===0?"A native addon":"Native files",M=[...a===null?[]:[a],...l==null?[]:[`commit \`${l}\``]];return[`# ${r.name} for ${n}`,"",`${j} of ${r.name} ${i}, built for ${e.map(je).join(", ")}.`,`Do not install this package by itself: ${r.name} does.`,"",...y,...o===null?[]:["",`Needs glibc ${o} or later.`],...M.length===0?[]:["",`Built from ${M.join(", ")}.`],""].join(`
`)}function Pe({main:n},{description:e}){return[`# ${n.name}`,"",...e===null?[]:[e,""]].join(`
`)}function je(n){const{rows:e}=(0,d.h)(n),[t,s]=e,o=s===void 0?t?.rust??null:null;return o===null?n:`${n} (\`${o}\`)`}async function Ae(n){const{settings:e,meta:t,binaries:s,outputFolder:o}=n,r=be(e,t,s);await(0,L.mkdir)(o,{recursive:!0});const i=[];for(const a of r.platforms)i.push(await _n(n,{name:a.name,version:a.version,suffix:a.suffix,target:a.targets[0]??null,main:!1,from:Le(a.sources),entries:Oe(a,r,e,t)}));return i.push(await _n(n,{name:r.main.name,version:t.version,suffix:null,target:null,main:!0,from:[],entries:Se(r,e,t)})),i}async function _n({settings:n,meta:e,outputFolder:t},{entries:s,suffix:o,...r}){const{epoch:i}=e,a=(0,x.join)(t,dn(r.name,r.version)),{path:l,size:w,sha256:y,integrity:j}=await(0,E.S)(a,s,{epoch:i}),M=en(r.name,n,e.version,o);return{...r,file:l,size:w,sha256:y,integrity:j,to:M}}function Le(n){return n.map(({leg:e,fileId:t,sha256:s})=>({leg:e,file:t,sha256:s}))}function Oe(n,e,t,s){const o=n.os==="win32"?".exe":"",r=mn(n,t),i=["package.json","readme.md","bin",...r===null?[]:[r]];return[G("package.json",ne(n,e.main.name,t,s)),G("README.md",Ee(n,e,s,r)),...Mn(s.licenses,new Set(i.map(a=>a.toLowerCase()))),...n.binaries.map(({bin:a,deflated:l})=>({name:`package/bin/${a}${o}`,mode:493,content:l})),...n.addon===null||r===null?[]:[{name:`package/${r}`,mode:420,content:n.addon.deflated}]]}function Se(n,e,t){const{bins:s,ending:o}=n.main,i=[t.readme??{name:"README.md",content:tn(Pe(n,t))},...t.licenses],a=Ce(n,e,t),w=["package.json",...s.length>0?["bin"]:[],...a.map(({name:y})=>y.replace("package/",""))];return[G("package.json",ee(n,e,t)),...a,...Mn([...i,...e.files.filter(y=>!i.some(j=>De(j,y)))],new Set(w.map(y=>y.toLowerCase()))),...s.map(y=>({name:`package/bin/${y}${o}`,mode:493,content:tn(un(n,t.version,y))}))]}function Ce(n,{files:e},{version:t}){const{addon:s}=n.main,o=new Set(e.map(({name:i})=>i));return[...(0,N.W0)(n.main).flatMap((i,a)=>{const l=s!==null&&a===0,w=(0,N.pl)(i),y=l?Qn(n,t):un(n,t),j=[w,w.replace(".cts",".ts")].some(M=>o.has(M));return[G(i,y),...j?[]:[G(w,l?qn:Hn(n))]]}),G((0,N.eD)(n.main),m)]}function De(n,e){return n.name===e.name&&Buffer.compare(n.content,e.content)===0}function Mn(n,e){return n.map(({name:t,content:s})=>{const[o=""]=t.toLowerCase().split("/"),r=e.has(o)?o:t.toLowerCase();if(e.has(r))throw new $.y("MA806",{what:`the npm package already has a file ${r}`,found:t});if(r.endsWith(".node"))throw new $.y("MA806",{what:"an addon would travel to every platform in the main npm package",found:t,fix:"leave it out of npm.files; npm.addon and prebuilt.files put it into the platform packages"});return e.add(r),{name:`package/${t}`,mode:420,content:s}})}function G(n,e){return{name:`package/${n}`,mode:420,content:tn(e)}}function tn(n){return new TextEncoder().encode(n)}var kn=h(34368);function En({plan:n,metadata:e,documents:t},s){const o=[...t].map(([i,a])=>({name:i,content:a})),r=(0,kn.OT)(o.map(i=>i.name));return{name:s,version:n.project.version,description:e.description,license:e.license,repository:e.repository,homepage:e.homepage,commit:n.project.commit,epoch:n.project.epoch,readme:o.find(i=>i.name===r)??null,licenses:o.filter(({name:i})=>(0,kn.Mj)(i)||e.licenseFiles?.includes(i)===!0)}}function Pn(n,e,{metadata:t}){const s=En(n,e);if(t===void 0)return s;const{readme:o,readmeText:r}=t;if(r!==null)return{...s,readme:{name:"README",content:new TextEncoder().encode(r)}};const i=o===null?void 0:n.documents.get(o);return o===null||i===void 0?s:{...s,readme:{name:o,content:i}}}function Ie({documents:n},e){const t=n.get(e);if(t===void 0)throw new $.G(`the plan does not hold ${e}`);return{name:e,content:t}}async function Te({fetched:n,planPackage:e,binaries:t,folder:s},o){const r=n.plan.packages.length>1;return(await Ae({settings:{...o,several:r,files:o.files.map(a=>Ie(n,a))},meta:En(n,e.name),binaries:t.map(f.f$),outputFolder:(0,x.join)(s,"npm")})).map(a=>({...(0,f.sh)(e.name,"npm",(0,x.basename)(a.file)),name:a.name,version:a.version,target:a.target,main:a.main,file:`npm/${(0,x.basename)(a.file)}`,size:a.size,sha256:a.sha256,integrity:a.integrity,from:[...a.from],to:a.to}))}var Fe=h(73024),jn=h(31619);const Re=/^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?::\s*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)?(?:\s*\[[^\]]*\])?$/;function Ne(n){const e=Object.keys(n).sort();if(e.length===0)return null;const t=e.map(s=>{const r=Object.entries(n[s]??{}).sort(([i],[a])=>i<a?-1:1).map(([i,a])=>`${i} = ${a.trim()}`);return[`[${s}]`,...r,""].join(`
`)});return new TextEncoder().encode(t.join(`
`))}function We(n,e){for(const[t,s]of Object.entries(n))for(const[o,r]of Object.entries(s)){const i=P=>new $.y("MA827",{what:`the entry point ${o} (${t}) names nothing in the tree`,where:"pyproject.toml",expected:P,found:r}),[,a]=Re.exec(r.trim())??[];if(a===void 0||!Ue(o)||!/^\w+(?:\.\w+)*$/.test(t))throw i("name = module:function");const l=t==="console_scripts"||t==="gui_scripts";if(l&&!r.includes(":"))throw i("module:function");const[w=""]=a.split("."),y=e.some(P=>P.startsWith(`${w}/`)||on(P,w)),j=a.replaceAll(".","/"),M=e.some(P=>on(P,j)||on(P,`${j}/__init__`));if((y||l)&&!M)throw i(`a module ${j}.py`)}}function on(n,e){return n.startsWith(`${e}.`)&&/^(?:py|(?:[^/]+\.)?(?:so|pyd))$/.test(n.slice(e.length+1))}function Ue(n){return/^[\w.-]+$/.test(n)||/^[^\s=[\]][^=\r\n]*$/.test(n)}const Be=new Set(`libatomic.so.1 libgcc_s.so.1 libstdc++.so.6 libm.so.6 libanl.so.1 libdl.so.2 librt.so.1 libc.so.6 libnsl.so.1
   libutil.so.1 libpthread.so.0 libresolv.so.2 libX11.so.6 libXext.so.6 libXrender.so.1 libICE.so.6 libSM.so.6 libGL.so.1
   libgobject-2.0.so.0 libgthread-2.0.so.0 libglib-2.0.so.0 libz.so.1 libexpat.so.1 libmvec.so.1`.split(/\s+/)),ze=/^(?:\/usr\/lib\/|\/System\/Library\/|@rpath\/libswift)/;function An(n,e=[]){const t=e.map(s=>new RegExp(`^${s.replace(/[\\^$.+?()[\]{}|]/g,"\\$&").replaceAll("*",".*")}$`,"i"));return Ge(n).filter(s=>!t.some(o=>o.test(V(s)))).sort()}function Ge({os:n,libc:e,needed:t,slices:s,static:o}){if(n==="darwin"){const i=s.flatMap(a=>a.needed);return[...new Set(i)].filter(a=>!ze.test(a))}if(n!=="linux"||o===!0)return[];const r=e==="musl"?i=>/^(libc\.musl-.*\.so\.1|libc\.so|libz\.so\.1|ld-musl-.*)$/.test(i):i=>Be.has(i)||/^ld(-linux|64|\.so)/.test(i);return t.filter(i=>!r(i))}function V(n){return n.slice(n.lastIndexOf("/")+1)}var H=h(41960);function Ke(n){const e=n.slice(n.lastIndexOf("/")+1),[,t,s]=/^[^.]+((?:\.[^.]+)*)\.(so|pyd)$/.exec(e)??[];if(t===void 0)return null;if(s==="pyd")return Ze(e,t.slice(1));switch(t){case"":return{kind:"plain"};case".abi3":case".abi3t":return{kind:t===".abi3"?"abi3":"abi3t"};default:return Ln(t.slice(1))??null}}function Ze(n,e){if(/_d(?:\.[^.]+)?\.pyd$/.test(n))return{kind:"unusable",why:"only debug builds of Python load it"};if(e==="")return{kind:"plain"};if(/^abi3t?$/.test(e))return{kind:"unusable",why:`no Python on Windows loads *.${e}.pyd: leave .${e} out of its name`};const[,t,s,o]=/^(cp(3[0-9]+)t?)-(win[a-z0-9_]+)$/.exec(e)??[];return t!==void 0&&o!==void 0?{kind:"version",interpreter:`cp${s}`,abi:t,platform:o}:Ln(e)??{kind:"unusable",why:`no Python is known that loads *.${e}.pyd`}}function Ln(n){const[,e,t,s]=/^cpython-(3[0-9]+)([a-z]*)(?:-(.+))?$/.exec(n)??[];if(e!==void 0&&t!==void 0){if(t.includes("d"))return{kind:"unusable",why:"only debug builds of Python load it"};const M=`cp${e}${t}`,P=s??null;return{kind:"version",interpreter:`cp${e}`,abi:M,platform:P}}const[,o,r,i]=/^pypy(3[0-9]+)-(pp[0-9]+)(?:-(.+))?$/.exec(n)??[];if(o!==void 0){const M=i??null;return{kind:"version",interpreter:`pp${o}`,abi:`pypy${o}_${r}`,platform:M}}const[,a,l,w]=/^graalpy([0-9]+)-(3[0-9]+)-native(?:-(.+))?$/.exec(n)??[];if(l===void 0)return;const y=`graalpy${a}_${l}_native`,j=w??null;return{kind:"version",interpreter:`graalpy${l}`,abi:y,platform:j}}const Ve={x64:"x86_64",ia32:"i386",arm64:"aarch64",arm:"arm",ppc64le:"powerpc64le",ppc64:"powerpc64",s390x:"s390x",riscv64:"riscv64",loong64:"loongarch64"},He={x64:"win_amd64",ia32:"win32",arm64:"win_arm64"};function Je(n,{os:e,arch:t,libc:s}){if(n==="darwin")return e==="darwin";if(n.startsWith("win"))return e==="windows"&&He[t??""]===n;const[,o,r]=/^([a-z0-9_]+)-linux(?:-([a-z0-9]+))?$/.exec(n)??[];return o===void 0?!0:e!=="linux"||Ve[t??""]!==o?!1:!(r?.startsWith("musl")===!0&&s==="glibc")}const On={interpreters:["py3"],abis:["none"]},Xe={abi3:2,abi3t:15};function Ye(n,e){const t=new Map;for(const l of n){const w=Qe(l,e);if(w!==null){if("none"in w)return w;t.set(`${w.tags.interpreters}-${w.tags.abis}`,{...w,by:l.name})}}const s=[...t.values()].filter(({stable:l})=>!l),o=s.length>0?s:[...t.values()],[r,i]=o;if(r===void 0)return On;if(i!==void 0)return{none:`one wheel serves one Python, but ${r.by} is for ${J(r.tags)} and ${i.by} for ${J(i.tags)}: make a tree for each`};const a=[...t.values()].find(l=>l.stable&&s.length>0);return a!==void 0&&!nt(r.tags,a.tags)?{none:`${a.by} (${J(a.tags)}) does not work with ${r.by} (${J(r.tags)})`}:et(r.tags,e)??r.tags}function Qe({name:n,facts:e,importable:t},s){const o=Ke(n),r=y=>({none:`${n}: ${y}`});if(o===null)return t?r("it is an extension module, and no Python looks for one of this name"):null;if(o.kind==="unusable")return r(o.why);if(n.endsWith(".pyd")!==(e.format==="pe"))return r(`the name is not one of a module for ${e.os??"this system"}`);const i=qe(e);if(i==="debug")return r("it is linked with a debug build of Python");if(o.kind==="version")return o.platform!==null&&!Je(o.platform,e)?r(`the name says ${o.platform}, the file is ${tt(e)}`):i!==null&&i!=="abi3"&&i!==o.abi?r(`the name says ${o.abi}, but it imports the library of ${i}`):{tags:{interpreters:[o.interpreter],abis:[o.abi]},stable:!1};const a=o.kind==="plain"?i:o.kind;if(a===null)return t?r("its name does not say which Python it was built for: give it the ending that Python's EXT_SUFFIX names, or .abi3.so"):null;if(a!=="abi3"&&a!=="abi3t")return{tags:{interpreters:[a.replace(/t$/,"")],abis:[a]},stable:!1};if(s===null)return r("abi3 begins at the lower bound of requires-python, which has none");const l=Math.max(s,Xe[a]),w=a==="abi3t"?["abi3","abi3t"]:["abi3"];return{tags:{interpreters:[`cp3${l}`],abis:w},stable:!0}}function qe({needed:n}){for(const e of n){const[,t,s,o]=/^python3([0-9]*)(t?)(_d)?\.dll$/i.exec(e)??[];if(t!==void 0)return o!==void 0?"debug":t===""?`abi3${s}`:`cp3${t}${s}`}return null}function nt(n,e){const[t=""]=n.abis,s=({interpreters:r})=>Number(/^cp3([0-9]+)$/.exec(r[0]??"")?.[1]),o=t.endsWith("t");return!t.startsWith("cp")||!(s(n)>=s(e))?!1:e.abis.includes(o?"abi3t":"abi3")}function et({interpreters:n},e){const t=Number(/3([0-9]+)$/.exec(n[0]??"")?.[1]);return e===null||!(t<e)?null:{none:`its modules are for Python 3.${t}, and requires-python begins at 3.${e}`}}function J({interpreters:n,abis:e}){return`${n.join(".")}-${e.join(".")}`}function tt({os:n,arch:e,libc:t}){return[n,e,t].filter(s=>s!==null).join(" ")}function ot(n,e){return[{name:`${n}/__init__.py`,content:Sn(st(e))},{name:`${n}/__main__.py`,content:Sn(rt)}]}const st=n=>`"""Finds the executable that comes with this distribution."""

import os
import sys
import sysconfig

__all__ = ["binary_path"]


def _user_scheme():
    if sys.version_info >= (3, 10):
        return sysconfig.get_preferred_scheme("user")
    if os.name == "nt":
        return "nt_user"
    if sys.platform == "darwin" and sys._framework:
        return "osx_framework_user"
    return "posix_user"


def binary_path():
    """The executable's path. Raises FileNotFoundError when it is in none of the places where installers put it."""
    parent = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    scripts = "Scripts" if os.name == "nt" else "bin"
    levels = 2 if os.name == "nt" else 3
    places = [
        # an environment, or the system
        sysconfig.get_path("scripts"),
        # pip install --user
        sysconfig.get_path("scripts", scheme=_user_scheme()),
        # pip install --prefix, and environments layered on each other
        os.path.join(parent, *([os.pardir] * levels), scripts),
        # pip install --target
        os.path.join(parent, "bin"),
    ]
    for place in places:
        path = os.path.join(place, ${JSON.stringify(n)})
        if os.path.isfile(path):
            return os.path.normpath(path)
    raise FileNotFoundError("${n} is in none of: " + ", ".join(places))
`,rt=`import os
import sys

from . import binary_path

if __name__ == "__main__":
    arguments = [binary_path(), *sys.argv[1:]]
    if os.name == "nt":
        # Windows cannot replace a process: the parent would return before the program ends.
        import subprocess

        try:
            sys.exit(subprocess.call(arguments))
        except KeyboardInterrupt:
            sys.exit(2)
    os.execv(arguments[0], arguments)
`;function Sn(n){return new TextEncoder().encode(n)}function Cn(n,e,t,s){const o=n.module?ot(it(t),at(e,t)):[];return[...e.map(r=>({name:`${s}/scripts/${In(r)}`,mode:493,content:r.deflated})),...o.map(r=>({...r,mode:420}))]}function Dn(n,e=[],t=new Set){const s=[...new Set(n.map(({target:i})=>i))],[o]=s;if(o===void 0||s.length>1)throw new $.y("MA824",{what:"a wheel holds the executables of one target",found:s.length===0?"none":s.join(", ")});const r=new Set;for(const{bin:i,facts:a}of n){if(!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(i)||r.has(i.toLowerCase()))throw new $.y("MA824",{what:`"${i}" cannot be a command in the wheel of ${o}`,expected:"letters, digits, . _ + -, and no name twice",found:i});r.add(i.toLowerCase());const l=An(a,e).filter(w=>!t.has(V(w)));if(l.length>0)throw new $.y("MA825",{what:`${i} of ${o} needs ${l.join(", ")}, which not every system has`,expected:`libraries that ${a.os==="darwin"?"every macOS has":a.libc==="musl"?"musllinux tags promise":"manylinux tags promise"}`,found:l.join(", ")})}return o}function In({bin:n,facts:e}){return e.os==="windows"?`${n}.exe`:n}function it(n){if(/^[a-z_][a-z0-9_]*$/.test(n))return n;throw new $.y("MA823",{what:`"${n}" cannot be a Python module`,expected:"a name that starts with a letter",fix:"set wheel.module to false, or choose another wheel.name"})}function at(n,e){const[t]=n,s=n.length===1?t:n.find(({bin:o})=>o.replace(/[-_.]+/g,"_").toLowerCase()===e);if(s!==void 0)return In(s);throw new $.y("MA824",{what:`python -m ${e} could start any of several commands`,expected:`a command called ${e}`,found:n.map(({bin:o})=>o).join(", "),fix:"set wheel.module to false, or name the main command like the wheel"})}const sn={"2.5":{name:"manylinux1",processors:["x86_64","i686"]},"2.12":{name:"manylinux2010",processors:["x86_64","i686"]},"2.17":{name:"manylinux2014",processors:["x86_64","i686","aarch64","armv7l","ppc64","ppc64le","s390x"]}},Tn=n=>[`musllinux_1_1_${n}`,`musllinux_1_2_${n}`],K=(n,e)=>({tag:n,glibcFloor:e,anyLibc:[`manylinux2014_${n}`,`manylinux_2_17_${n}`,...Tn(n)],musl:!0}),ct={x64:K("x86_64","2.5"),ia32:K("i686","2.5"),arm64:K("aarch64","2.17"),armv7:K("armv7l","2.17"),ppc64le:K("ppc64le","2.17"),s390x:K("s390x","2.17"),ppc64:{tag:"ppc64",glibcFloor:"2.17",anyLibc:["manylinux2014_ppc64","manylinux_2_17_ppc64"],musl:!1},riscv64:{tag:"riscv64",glibcFloor:"2.27",anyLibc:["manylinux_2_31_riscv64",...Tn("riscv64")],musl:!0},armv6:{tag:"armv6l",glibcFloor:"2.17",anyLibc:["linux_armv6l"],musl:!1}},lt=[["2.5","3.4.8","1.3.1"],["2.12","3.4.13","1.3.3"],["2.17","3.4.19","1.3.7"],["2.24","3.4.22","1.3.10"],["2.26","3.4.22","1.3.11"],["2.27","3.4.24","1.3.11"],["2.31","3.4.28","1.3.12"],["2.34","3.4.29","1.3.13"],["2.35","3.4.30","1.3.13"],["2.39","3.4.33","1.3.15"]],ut={"libexpat.so.1":"2.12","libmvec.so.1":"2.24"};function ft(n,e){const t=new Set(n.map(l=>mt(l,e))),s=pt(t);if(s===void 0)return{none:`its files are for different processors: ${[...t].join(", ")}`};const o=ct[s];if(o===void 0)return{none:`the package index accepts no tag for Linux on ${s}`};const r=n.filter(l=>l.static!==!0&&!Fn(l)),i=new Set(r.map(({libc:l})=>l));if(i.size>1)return{none:`its files need different libcs: ${[...i].join(", ")}`};const{tag:a}=o;if(r.length===0){if(!n.some(Fn))return{tags:[...o.anyLibc].sort()};const l=/-(gnu|musl)$/.exec(e)?.[1];if(l===void 0)return{none:"no library in it says which libc it is for"};i.add(l==="gnu"?"glibc":"musl")}return s==="armv6"?{none:"the package index accepts no tag that names a libc for armv6"}:i.has("musl")?o.musl?{tags:[`musllinux_1_2_${a}`]}:{none:`the package index accepts no musllinux tag for ${a}`}:i.has("glibc")?r.some(({arch:l,float:w})=>l==="arm"&&w==="soft")?{none:"manylinux tags promise hard floats on arm"}:dt(r,o):{none:"it is linked dynamically, with a libc that is unknown"}}function Fn({type:n,libc:e,needed:t}){return n==="library"&&e===null&&t.length===0}function dt(n,{tag:e,glibcFloor:t}){let s=t;for(const i of n){const a=ht(i);if(a===void 0)return{none:`no manylinux tag promises a C++ library as new as it needs (${[i.glibcxxMin,i.cxxabiMin].filter(y=>y!==null).join(", ")})`};const l=i.needed.map(w=>ut[w]??null);for(const w of[i.glibcMin,a,...l])w!==null&&X(w,s)>0&&(s=w)}const o=new Set([`manylinux_${s.replace(".","_")}_${e}`]),r=Object.keys(sn).find(i=>X(i,s)>=0&&sn[i]?.processors.includes(e));return r!==void 0&&(o.add(`manylinux_${r.replace(".","_")}_${e}`),o.add(`${sn[r]?.name}_${e}`)),{tags:[...o].sort()}}function ht({arch:n,glibcxxMin:e,cxxabiMin:t}){return e===null&&t===null?null:lt.find(([s,o,r])=>!(s==="2.26"&&n==="x64")&&X(e??"0",o)<=0&&X(t??"0",r)<=0)?.[0]}function mt({arch:n,armVersion:e},t){if(n!=="arm")return n??"an unknown processor";const s=/-armv([567])/.exec(t)?.[1],o=Math.max(e??0,Number(s??0));return o===0?"arm of an unknown version":`armv${o}`}function pt(n){const e=[...n].sort();return n.size===1||e.every(t=>/^armv\d$/.test(t))?e.at(-1):void 0}function X(n,e){const[t,s]=[n,e].map(o=>o.split(".").map(Number));for(let o=0;o<Math.max(t?.length??0,s?.length??0);o++){const r=(t?.[o]??0)-(s?.[o]??0);if(r!==0)return r}return 0}const wt=[11,12,13,14,15,26],gt="11_0";function $t(n){const e=n.map(l=>l.slices),t=new Set(e.map(l=>l.map(({arch:w})=>w).sort().join(" and "))),[s]=t;if(t.size!==1)return{none:`its files are for different processors: ${[...t].join("; ")}`};const o=e.flat(),r={};for(const l of new Set(o.map(w=>w.arch))){const w=bt(o.filter(y=>y.arch===l));if("none"in w)return w;r[l]=w.tag}const{x64:i,arm64:a}=r;switch(s){case"x64":return{tags:[`macosx_${i}_x86_64`]};case"arm64":return{tags:[`macosx_${a}_arm64`]};case"arm64 and x64":{const l=[`macosx_${i}_x86_64`,`macosx_${a}_arm64`];return a===gt&&l.push(`macosx_${i}_universal2`),{tags:l.sort()}}default:return{none:`the package index accepts no macOS tag for ${s}`}}}function bt(n){let e=0;for(const{arch:o,minos:r}of n){if(r===null)return{none:`its ${o} part does not say which macOS it needs`};const[i=0,a=0]=r.split(".").map(Number);e=Math.max(e,o==="arm64"?1100:0,100*i+a)}if(e<1100)return{tag:`10_${e%100}`};const t=Math.ceil(e/100),s=wt.find(o=>o>=t);return s===void 0?{none:`the package index accepts no tag for macOS ${t} yet`}:{tag:`${s}_0`}}const yt={x64:"win_amd64",ia32:"win32",arm64:"win_arm64"};function rn(n,e){const t="format"in n?[n]:n,s=[...new Set(t.map(({os:r})=>r))],[o]=s;if(s.length>1)return{none:`its files are for ${s.join(" and ")}`};switch(o){case"linux":return ft(t,e);case"darwin":return $t(t);case"windows":{const r=[...new Set(t.map(({arch:a})=>a??"an unknown processor"))],i=r.length===1?yt[r[0]??""]:void 0;return i===void 0?{none:`the package index accepts no tag for Windows on ${r.join(" and ")}`}:{tags:[i]}}case void 0:return{none:"nothing was built for it"};case"android":return{none:"wheels for Android carry its API level, which an executable does not tell"};default:return{none:`the package index accepts no tag for ${o??"an unknown system"}`}}}var vt=h(77598);const xt=`0BSD AFL-3.0 AGPL-3.0-only AGPL-3.0-or-later Apache-1.1 Apache-2.0 Artistic-2.0 BlueOak-1.0.0
  BSD-1-Clause BSD-2-Clause BSD-2-Clause-Patent BSD-3-Clause BSD-3-Clause-Clear BSD-4-Clause BSL-1.0 BUSL-1.1 bzip2-1.0.6
  CC-BY-3.0 CC-BY-4.0 CC-BY-SA-4.0 CC0-1.0 CDDL-1.0 CDDL-1.1 CECILL-2.1 CPL-1.0 curl ECL-2.0 Elastic-2.0 EPL-1.0 EPL-2.0
  EUPL-1.1 EUPL-1.2 FSFAP GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later HPND ICU IPL-1.0 ISC JSON
  LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later LPPL-1.3c MirOS MIT
  MIT-0 MPL-1.1 MPL-2.0 MS-PL MS-RL MulanPSL-2.0 NCSA OFL-1.1 OpenSSL OSL-3.0 PHP-3.01 PostgreSQL PSF-2.0 Python-2.0
  Ruby SSPL-1.0 TCL Unicode-3.0 Unicode-DFS-2016 Unlicense UPL-1.0 Vim W3C WTFPL X11 Zlib ZPL-2.1
  GPL-2.0 GPL-2.0+ GPL-3.0 GPL-3.0+ LGPL-2.1 LGPL-2.1+ LGPL-3.0 LGPL-3.0+ AGPL-3.0`.split(/\s+/),_t=`Autoconf-exception-3.0 Bison-exception-2.2 Classpath-exception-2.0 GCC-exception-3.1 LLVM-exception
  Swift-exception u-boot-exception-2.0 WxWindows-exception-3.1`.split(/\s+/),Rn=n=>new Map(n.map(e=>[e.toLowerCase(),e])),Mt=Rn(xt),kt=Rn(_t);function Et(n){const e=n.replaceAll("/"," OR ").match(/[()]|[^\s()]+/g)??[],t=new Pt(e),s=t.alternatives();return s!==null&&t.isDone()?s:null}class Pt{#n;#e=0;constructor(e){this.#n=e}isDone(){return this.#e===this.#n.length}alternatives(){return this.#t("OR",()=>this.#t("AND",()=>this.#o()))}#t(e,t){const s=[];do{const o=t();if(o===null)return null;s.push(o)}while(this.#s(e));return s.join(` ${e} `)}#o(){if(this.#s("(")){const o=this.alternatives();return o!==null&&this.#s(")")?`(${o})`:null}const e=this.#n[this.#e++]??"",t=/^LicenseRef-[A-Za-z0-9.-]+$/.test(e)?e:Mt.get(e.toLowerCase());if(t===void 0)return null;if(!this.#s("WITH"))return t;const s=kt.get(this.#n[this.#e++]?.toLowerCase()??"");return s===void 0?null:`${t} WITH ${s}`}#s(e){return this.#n[this.#e]?.toUpperCase()!==e?!1:(this.#e++,!0)}}function Nn(n){return n.replace(/[-_.]+/g,"-").toLowerCase()}function jt(n,e){const{body:t,marker:s}=At(n),o=`extra == '${Nn(e)}'`;return`${t} ; ${s===null?"":`(${s}) and `}${o}`}function At(n){const e=n.trim(),[,t,s]=(/^[^@;]*@/.test(e)?/^(.*?)\s+;(.*)$/:/^([^;]*);(.*)$/).exec(e)??[];return t===void 0||s===void 0?{body:e,marker:null}:{body:t.trim(),marker:s.trim()}}const Wn=512,Lt=32;function Ot(n,e,t){const{readme:s,licenses:o}=e,r=n.metadata,i=r?.description??e.description,a=r?.license??e.license,l=a===null?null:Et(a),y=[["Metadata-Version","2.4"],["Name",n.name],["Version",t],["Summary",i===null?null:Rt(an(i))],["Keywords",(r?.keywords??[]).map(M=>M.replaceAll(","," ")).join(",")],...Un("Author",r?.authors??[]),...Un("Maintainer",r?.maintainers??[]),["License-Expression",l],["License",l===null?a:null],...o.map(({name:M})=>["License-File",M]),...Ct(r?.classifiers??[],l!==null),...Dt(r),["Requires-Python",n.requiresPython],...It(r?.urls??[],e),["Description-Content-Type",s===null?null:Ft(s.name,r)]].flatMap(([M,P])=>{const O=an(P??"");return O===""?[]:[`${M}: ${O}`]}),j=new TextEncoder().encode(`${y.join(`
`)}
`);return s===null?j:Wt(j,new Uint8Array([10]),Nt(s.content))}function Un(n,e){const t=e.filter(({email:o})=>o===null).map(({name:o})=>o??""),s=e.flatMap(({name:o,email:r})=>r===null?[]:[o===null?r:`${St(o)} <${r}>`]);return[[n,t.join(", ")],[`${n}-email`,s.join(", ")]]}function St(n){return/[()<>[\]:;@\\,."]/.test(n)?`"${n.replace(/["\\]/g,"\\$&")}"`:n}function Ct(n,e){return[...new Set(n)].filter(t=>!(e&&t.startsWith("License ::"))).map(t=>["Classifier",t])}function Dt(n){if(n===void 0)return[];const e=Object.entries(n.extras).sort(([t],[s])=>t<s?-1:1);return[...n.dependencies.map(t=>["Requires-Dist",t]),...e.flatMap(([t,s])=>[["Provides-Extra",Nn(t)],...s.map(o=>["Requires-Dist",jt(o,t)])])]}function It(n,e){const t=new Set(n.map(({url:o})=>o.replace(/\/$|\.git$/,""))),s=[{label:"Homepage",url:e.homepage},{label:"Repository",url:e.repository}].filter(({url:o})=>o!==null&&!t.has(o.replace(/\/$|\.git$/,"")));return[...n,...s].flatMap(({label:o,url:r})=>{const i=Tt(an(o).replaceAll(","," ").slice(0,Lt),r);return i===null?[]:[["Project-URL",i]]})}function Tt(n,e){const t=e?.replace(/^git\+(?=https?:)/,"")??"";return/^https?:\/\/[^\s,]+$/.test(t)?`${n}, ${t}`:null}function Ft(n,e){const t=e?.readmeType??null;return t!==null?/charset/i.test(t)?t:`${t}; charset=UTF-8`:/\.(md|markdown)$/i.test(n)?"text/markdown; charset=UTF-8":/\.rst$/i.test(n)?"text/x-rst; charset=UTF-8":"text/plain; charset=UTF-8"}function an(n){return n.replace(new RegExp("\\p{Cc}+|\\s+","gu")," ").trim()}function Rt(n){return n.length<=Wn?n:`${n.slice(0,Wn-1).replace(/[\uD800-\uDBFF]$/,"")}\u2026`}function Nt(n){return n[0]===239&&n[1]===187&&n[2]===191?n.subarray(3):n}function Wt(...n){return new Uint8Array(Buffer.concat(n))}function Ut(n,e){const t=n.map(({name:s,sha256:o,size:r})=>{const i=Buffer.from(o,"hex").toString("base64url");return`${Bn(s)},sha256=${i},${r}`});return new TextEncoder().encode(`${[...t,`${Bn(e)},,`].join(`
`)}
`)}function Bn(n){return/[",\r\n]/.test(n)?`"${n.replaceAll('"','""')}"`:n}var Bt=h(99876);function zt(n){const e=["Wheel-Version: 1.0","Generator: multiarch","Root-Is-Purelib: false",...Gt(n).map(t=>`Tag: ${t}`)];return new TextEncoder().encode(`${e.join(`
`)}
`)}function Gt({interpreters:n,abis:e,platforms:t}){return n.flatMap(s=>e.flatMap(o=>t.map(r=>`${s}-${o}-${r}`)))}async function zn(n){const{settings:e,meta:t,tags:s,outputFolder:o}=n;(0,H.DR)(e);const r=(0,H.j8)(e.name),i=(0,Bt.u)(t.version),a=[...n.payload({name:r,data:`${r}-${i}.data`}),...Kt(n,i,`${r}-${i}.dist-info`)],l=`${r}-${i}.dist-info/RECORD`,w=Ut(a.map(Zt),l),y=[...a,{name:l,mode:420,content:w}];await(0,L.mkdir)(o,{recursive:!0});const j=(0,x.join)(o,(0,H.H7)(r,i,s)),{path:M,size:P,sha256:O}=await(0,_.z)(j,y,{epoch:t.epoch,keepOrder:!0});return{path:M,size:P,sha256:O,name:r,version:i}}function Kt({settings:n,meta:e,tags:t,entryPoints:s},o,r){const i=Ne(s);return[{name:"METADATA",content:Ot(n,e,o)},{name:"WHEEL",content:zt(t)},...i===null?[]:[{name:"entry_points.txt",content:i}],...e.licenses.map(({name:l,content:w})=>({name:`licenses/${l}`,content:w}))].map(l=>({mode:420,name:`${r}/${l.name}`,content:l.content}))}function Zt({name:n,content:e}){if(e instanceof Uint8Array){const t=(0,vt.createHash)("sha256").update(e).digest("hex");return{name:n,sha256:t,size:e.byteLength}}return{name:n,sha256:e.sha256,size:e.size}}async function Vt(n){const{settings:e,meta:t,target:s,outputFolder:o}=n,r=[...n.files].sort((I,B)=>I.name<B.name?-1:1),i=[...n.binaries??[]].sort((I,B)=>I.bin<B.bin?-1:1);Ht(r,i,s);const a=Xt(r,e.exclude??[],s);i.length>0&&Dn(i,e.exclude,a);const l=e.metadata?.entryPoints??{};We(l,r.map(({name:I})=>I)),Jt(l,i);const w=Yt(r,i,n),{path:y,size:j,sha256:M,name:P,version:O}=await zn({settings:e,meta:t,tags:w,payload:({name:I,data:B})=>{const Y=r.some(({name:U})=>U.startsWith(`${I}/`)),cn={...e,module:e.module&&i.length>0&&!Y};return[...Cn(cn,i,I,B),...r.map(({name:U,mode:po,content:wo})=>({name:U,mode:po,content:wo}))]},entryPoints:l,outputFolder:o}),R=[...i,...r.filter(({facts:I})=>I!==null)].map(I=>({leg:I.leg,file:I.fileId,sha256:I.sha256}));return{file:y,size:j,sha256:M,name:P,version:O,tags:w.platforms,target:s,from:R}}function Ht(n,e,t){const s=n.find(({name:o})=>/^[^/]*\.(?:dist-info|egg-info|data)(?:\/|$)/.test(o));if(s!==void 0)throw new $.y("MA828",{what:`the tree of ${t} holds ${s.name}`,expected:"packages and modules alone: the metadata is written here",found:s.name,fix:"leave that folder out of the tree, or deliver a finished wheel"});if(e.length===0&&!n.some(({facts:o})=>o!==null))throw new $.y("MA828",{what:`the tree of ${t} holds no native file, so its wheel would be for one platform without a reason`,expected:"an extension module, a library or a program",found:`${n.length} files, none of them native`})}function Jt({console_scripts:n={},gui_scripts:e={}},t){const s=t.find(({bin:o})=>Object.hasOwn({...n,...e},o));if(s!==void 0)throw new $.y("MA827",{what:`${s.bin} is a program and an entry point`,where:"pyproject.toml",expected:"each command once",found:s.bin})}function Xt(n,e,t){const s=new Set(n.flatMap(({name:o,facts:r})=>[V(o),r?.soname??""]));for(const{name:o,facts:r}of n){if(r===null)continue;const i=An(r,e).filter(a=>!s.has(V(a)));if(i.length!==0)throw new $.y("MA825",{what:`${o} of ${t} needs ${i.join(", ")}, which not every system has and the tree does not hold`,expected:"libraries that its tags promise",found:i.join(", "),fix:"link it statically, bring it along in the tree (auditwheel repair does), or name it under wheel.exclude"})}return s}function Yt(n,e,{settings:t,target:s}){const o=n.flatMap(({name:a,facts:l,importable:w})=>l===null?[]:[{name:a,facts:l,importable:w}]),r=Ye(o,(0,H.iP)(t)),i=rn([...o,...e].map(({facts:a})=>a),s);if("none"in r)throw Gn(s,r.none);if("none"in i)throw Gn(s,i.none);return{...r,platforms:i.tags}}function Gn(n,e){return new $.y("MA822",{what:`there is no wheel for the tree of ${n}: ${e}`})}var Qt=h(7531);const qt=2**20;async function no({fetched:n,planPackage:e,binaries:t,trees:s,folder:o,temporaryFolder:r},i){const a=[];for(const l of to(s)){const w=l[0]?.target??"",y=[];for(const O of l)y.push(await oo(O,r));const j=await Vt({settings:i,meta:Pn(n,e.name,i),target:w,files:y,binaries:(0,f.u$)(t).filter(O=>O.target===w).map(f.f$),outputFolder:(0,x.join)(o,"wheels")}),M=(0,x.basename)(j.file);await eo(j.file,i,r);const P=a.find(O=>O.file===`wheels/${M}`&&O.sha256===j.sha256);if(P!==void 0){P.from.push(...j.from);continue}a.push({...(0,f.sh)(e.name,"wheel",M),name:j.name,version:j.version,target:w,file:`wheels/${M}`,size:j.size,sha256:j.sha256,from:[...j.from]})}return a}async function eo(n,{exclude:e=[]},t){if(!(0,x.basename)(n).includes("-win"))return;const{excludeChecks:s}=await Promise.all([h.e(9126),h.e(3193)]).then(h.bind(h,2095)),o=await(0,Qt.L)(n,t);if(o instanceof $.y)throw o;const r=o.checks.filter(({rule:a})=>a==="wheel/dll"),[i]=s(r,e).kept;if(i!==void 0)throw new $.y("MA825",{what:`${(0,x.basename)(n)} needs a library that it does not bring: ${i.found}`,expected:i.expected,found:i.found,fix:"bring it along in the tree, or name it under wheel.exclude"})}function to(n){const e=new Map;for(const t of n){const s=`${t.row} ${t.tree}`;e.set(s,[...e.get(s)??[],t])}return[...e.values()]}async function oo(n,e){const{row:t,fileId:s,name:o,path:r,executable:i,sha256:a,facts:l,size:w}=n,y=l!==null||w>qt;return{leg:t,fileId:s,name:o,mode:i?493:420,content:y?await(0,jn.EE)(r,e):await(0,L.readFile)(r),sha256:a,facts:l,importable:l?.type==="library"&&await so(r,o)}}async function so(n,e){const[t=""]=(0,x.basename)(e).split("."),s=["PyInit","PyModExport"].map(i=>Buffer.from(`${i}_${t}\0`)),o=Math.max(...s.map(i=>i.length));let r=Buffer.alloc(0);for await(const i of(0,Fe.createReadStream)(n)){const a=Buffer.concat([r,i]);if(s.some(l=>a.includes(l)))return!0;r=a.subarray(Math.max(0,a.length-o))}return!1}async function ro(n){const{settings:e,meta:t,outputFolder:s}=n,o=[...n.binaries].sort((P,O)=>P.bin<O.bin?-1:1),r=Dn(o,e.exclude),i=io(o,r),{path:a,size:l,sha256:w,name:y,version:j}=await zn({settings:e,meta:t,tags:{...On,platforms:i},payload:({name:P,data:O})=>Cn(e,o,P,O),entryPoints:{},outputFolder:s}),M=o.map(P=>({leg:P.leg,file:P.fileId,sha256:P.sha256}));return{file:a,size:l,sha256:w,name:y,version:j,tags:i,target:r,from:M}}function io(n,e){const t=rn(n.map(({facts:s})=>s),e);if("tags"in t)return t.tags;throw new $.y("MA822",{what:`there is no wheel for ${e}: ${t.none}`})}async function ao({fetched:n,planPackage:e,binaries:t,folder:s},o,r,i){const a=[],l=(0,x.join)(s,"wheels"),w=Pn(n,e.name,o);for(const[y,j]of(0,f.RI)((0,f.u$)(t))){if(r.has(y))continue;const M=rn(j.map(({facts:R})=>R),y);if("none"in M){i.push(`no wheel of ${e.name} for ${y}: ${M.none}`);continue}const P=j.map(f.f$),O=await ro({settings:o,meta:w,binaries:P,outputFolder:l});a.push({...(0,f.sh)(e.name,"wheel",(0,x.basename)(O.file)),name:O.name,version:O.version,target:y,file:`wheels/${(0,x.basename)(O.file)}`,size:O.size,sha256:O.sha256,from:j.map(f.TG)})}return a}async function co(n,e){const t=new Map,s=[],o=[...n.entries()],r=async()=>{for(let a=o.shift();a!==void 0;a=o.shift()){const[l,w]=a,y=t.get(w.sha256)??(0,jn.EE)(w.path,e);t.set(w.sha256,y),s[l]={...w,deflated:await y}}},i=await Promise.allSettled([r(),r()]);for(const a of i)if(a.status==="rejected")throw a.reason;return s}var lo=h(74042),uo=h(64260);async function fo(n,e,t){const s=e.filter(({kind:i})=>i==="archive");if(s.length===0)return[];const o=(0,lo.u)(s.map(({name:i,sha256:a})=>({name:i,sha256:a})));await(0,L.mkdir)((0,x.join)(t,"archives"),{recursive:!0});const r=(0,x.join)(t,"archives","SHA256SUMS");return await(0,L.writeFile)(r,o,{mode:420}),[{...(0,f.sh)(s[0]?.package??"","sums","SHA256SUMS"),name:"SHA256SUMS",version:n,target:null,file:"archives/SHA256SUMS",size:Buffer.byteLength(o),sha256:(0,uo.br)(o),from:[]}]}async function ho(n,{files:e,trees:t,adopted:s},o,r,i){const{plan:a}=n,l=[...s],w=[];for(const y of a.packages){const j=e.filter(B=>B.package===y.name),M=await co(j,r),P={fetched:n,planPackage:y,binaries:M,folder:o},{archive:O,npm:R,wheel:I}=y.outputs;if(O!==void 0&&l.push(...await u(P,O)),I!==void 0){const B=I,Y=t.filter(U=>U.package===y.name),cn=new Set([...s.filter(U=>U.package===y.name).map(({target:U})=>U),...Y.map(({target:U})=>U)]);l.push(...await ao(P,B,cn,w)),l.push(...await no({...P,trees:Y,temporaryFolder:r},B))}R!==void 0&&l.push(...await Te(P,R))}l.push(...await fo(a.project.version,l,o));for(const y of w)i.notice(y);return mo(l),{packages:l,notes:w}}function mo(n){const e=new Map;for(const t of n){const s=t.file.toLowerCase(),o=e.get(s);if(o!==void 0)throw new $.y("MA709",{what:`two packages are called ${t.file}`,found:`${o.target??o.package} and ${t.target??t.package}`});e.set(s,t)}}}),91033:((F,S,h)=>{h.d(S,{RI:()=>x,TG:()=>L,f$:()=>k,sh:()=>_,u$:()=>$});function $(E){return E.filter(({kind:d})=>d==="executable")}function x(E){const d=new Map;for(const b of E)d.set(b.target,[...d.get(b.target)??[],b]);return d}function L(E){return{leg:E.row,file:E.fileId,sha256:E.sha256}}function k(E){const{row:d,fileId:b,bin:g,kind:f,target:u,facts:c,deflated:m,sha256:p}=E;return{leg:d,fileId:b,bin:g,kind:f,target:u,facts:c,deflated:m,sha256:p}}function _(E,d,b){return{id:`${d}:${b}`,kind:d,package:E,main:!1,integrity:null,to:{}}}}),7531:((F,S,h)=>{h.d(S,{L:()=>L});var $=h(76760),x=h(68243);async function L(k,_){const{readContents:E}=await Promise.all([h.e(8778),h.e(9070),h.e(2735),h.e(3857)]).then(h.bind(h,83857)),{checkSdist:d,checkWheel:b,declaredBy:g}=await Promise.all([h.e(9126),h.e(5574)]).then(h.bind(h,2095)),f=(0,$.basename)(k),u=f.endsWith(".whl")?"wheel":"sdist",c=await E(k,{as:u,shownAs:f,temporaryFolder:_});if(c.kind!=="wheel"&&c.kind!=="sdist"){const D=c.kind==="other"?c.found:c.kind;return new x.y("MA720",{what:`${f} is no ${u}`,expected:`a ${u}`,found:D})}const m={purpose:"any",target:null,glibc:null},p=c.kind==="wheel"?b(c,m):d(c,m),v=g(c),A=v?.name??null,C=v?.version??null;if(A===null||C===null){const[D]=p.filter(({level:z})=>z==="error");return new x.y("MA720",{what:`${f} does not say what it is${D===void 0?"":` (${D.rule})`}`,expected:D?.expected??"a name and a version",found:D?.found??"none"})}const T=v?.tags??[],W=[...new Set(T.map(D=>D.slice(D.lastIndexOf("-")+1)))];return{kind:u,name:A,version:C,platforms:u==="wheel"?W:null,size:c.size,sha256:c.sha256,checks:p}}}),82366:((F,S,h)=>{h.d(S,{$:()=>d,R:()=>E});var $=h(68243),x=h(68067),L=h(86780),k=h(15670),_=h(75262);function E(b,g,f){const u=[...g,...b.addon==null?[]:[b.addon]];for(const c of u){const m=(0,_.pW)(c);if(m!==null)throw new $.y("MA801",{what:`npm refuses ${c}: ${m}`})}(0,L.z0)({...b,files:b.files.map(c=>({name:c}))},g);for(const c of f){const{rows:m}=(0,x.h)(c),p=m.filter(v=>v.npm.os!==null);if(!(p.length===0||p.some(v=>(0,k.Ll)(b.names,v))))throw d(b.names,c)}}function d(b,g){return new $.y("MA804",{what:`${k.iB[b]} has no name for packages of ${g}`,found:`npm.names: ${b}`})}}),68880:((F,S,h)=>{h.d(S,{F:()=>d,e:()=>E});var $=h(68243);const x=["keywords","author","contributors","bugs","funding"],L=["type","main","module","browser","types","typings","typesVersions","exports","imports","sideEffects"],k=["dependencies","peerDependencies","peerDependenciesMeta","optionalDependencies","engines"],_=["registry","provenance"];function E(u){const c=u==null?{}:JSON.parse(u),m=g(c,k);for(const[p,v]of Object.entries(m))if(p.endsWith("ependencies"))for(const[A,C]of Object.entries(v))b(p,A,C);return{about:g(c,x),entries:g(c,L),needs:m,publish:g(f(c.publishConfig),_)}}function d(u){const c=u??{};return{about:g(c,["description",...x]),publish:g(f(c.publishConfig),_)}}function b(u,c,m){if(!(typeof m=="string"&&!/^(?:workspace|file|link|portal|catalog):/.test(m)))throw new $.y("MA807",{what:`${u} of package.json names ${c}, which nobody could install from a registry`,expected:"a version or a range",found:String(m)})}function g(u,c){return Object.fromEntries(Object.entries(u).filter(([m,p])=>c.includes(m)&&p!=null))}function f(u){return typeof u=="object"&&u!==null?u:{}}}),86780:((F,S,h)=>{h.d(S,{W0:()=>_,eD:()=>E,pl:()=>d,z0:()=>k});var $=h(68243),x=h(68880);const L=new Set(["binary-path","install-help"]);function k(f,u){const{entries:c}=(0,x.e)(f.manifest),m=c.type==="module"?".cjs":".js",p=f.addon==null?null:{file:f.addon};if(p!==null&&L.has(p.file.toLowerCase()))throw new $.y("MA801",{what:`an addon cannot be called ${p.file}: the main npm package has a module of that name`,fix:"write another name as npm.addon"});const v=new Set(f.files.map(({name:W})=>W.toLowerCase())),A=p?.file!=="index"&&!v.has(`index${m}`),C=u.length===0?null:A?"index":"binary-path",T={name:f.main,bins:u,addon:p,locator:C,ending:m};return b(c,T,f.files),T}function _({addon:f,locator:u,ending:c}){return[f?.file,u].flatMap(m=>m==null?[]:[`${m}${c}`])}function E({ending:f}){return`install-help${f}`}function d(f){return f.replace(/\.(c?)js$/,".d.$1ts")}function b(f,u,c){const m=_(u),p=new Set([...m,...m.map(d),...c.map(({name:A})=>A)]),v=A=>["",".js",".json","/index.js"].some(C=>p.has(A+C));for(const A of["main","module","types","typings","exports"])for(const C of g(f[A])){const T=C.replace(/^\.\//,"").replace(/\/$/,"");if(!(C.includes("*")||T==="package.json"||v(T)))throw new $.y("MA807",{what:`${A} of package.json names ${C}, which the npm package ${u.name} would not have`,expected:[...p].sort().join(", "),found:C})}}function g(f){return typeof f=="string"?[f]:typeof f=="object"&&f!==null?Object.values(f).flatMap(g):[]}}),15670:((F,S,h)=>{h.d(S,{J7:()=>L,Ll:()=>_,iB:()=>E});var $=h(68067),x=h(30487);function L(d,{os:b,cpu:g,libc:f},u){const[c,m]=g,p=m!==void 0;if(d==="napi")return k(f,u);if(p||c===void 0)return d==="node"?`${b}-universal`:null;const v=`${b}-${c}`;return f===null||d==="esbuild"?v:f==="musl"?`${v}-musl`:d==="node"?`${v}-gnu`:v}function k(d,{facts:b,target:g}){const u=b.format==="macho"&&b.slices.length>1?"universal":b.arch==="arm64ec"?"arm64":b.arch,c=p=>p.os===b.os&&p.arch===u&&(p.os!=="linux"||p.libc===(d??"musl"))&&(p.armVersion===null||b.armVersion===null||p.armVersion===b.armVersion);return((0,$.h)(g).rows.find(c)??x.G.find(c))?.napi??null}function _(d,{napi:b,arch:g}){return d==="napi"?b!==null:d==="node"||g!=="universal"}const E={node:"Node",napi:"napi-rs",esbuild:"esbuild",biome:"biome"}}),75262:((F,S,h)=>{h.d(S,{ZJ:()=>k,pW:()=>f,tK:()=>g,y0:()=>b});var $=h(98995);const x=214,L=256;function k(u){if(u.length>x)return`longer than ${x} characters`;if(u!==u.toLowerCase())return"it has upper-case letters";const c=u.startsWith("@")?u.slice(1).split("/"):[u];if(u.startsWith("@")?c.length!==2:u.includes("/"))return"a slash may only follow a scope: @scope/name";for(const m of c){if(m==="")return"a part of it is empty";if(/^[._-]/.test(m))return`${m} starts with ${m.slice(0,1)}`;if(!/^[a-z0-9._-]+$/.test(m))return`${m} has characters other than a-z, 0-9, . _ -`}if(!u.startsWith("@")){if(u==="node_modules"||u==="favicon.ico")return"the name is reserved";if($.builtinModules.includes(u))return"a module of Node has this name"}return null}const _="(?:0|[1-9][0-9]*)",E=`(?:${_}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)`,d=new RegExp(`^(${_})\\.(${_})\\.(${_})(?:-(${E}(?:\\.${E})*))?(\\+[0-9a-zA-Z.-]+)?$`);function b(u){if(u.length>L)return`longer than ${L} characters`;const c=d.exec(u);return c===null?"it is not a semantic version":c.slice(1,4).some(m=>!Number.isSafeInteger(Number(m)))?"one of its numbers is too large":c[5]!==void 0?`npm drops build metadata (${c[5]})`:null}function g(u){const c=d.exec(u)?.[4];if(c===void 0)return;const[m=""]=c.split("."),p=/^[a-zA-Z]+/.exec(m)?.[0].toLowerCase()??"next";return["x","v","latest"].includes(p)?"next":p}function f(u){return/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(u)?/\.exe$/i.test(u)?"it ends with .exe, which is added where it belongs":null:"a command starts with a letter or digit and has only letters, digits, . _ + -"}}),34368:((F,S,h)=>{h.d(S,{Mj:()=>g,OT:()=>f,f5:()=>d,jj:()=>b});var $=h(51455),x=h(76760),L=h(68243),k=h(7525),_=h(16373);const E=["LICENSE*","LICENCE*","COPYING*","NOTICE*"],d=[...E,"README*"];class b{#n;#e;#t=new Set;#o=new Map;#s=new Map;#r=new Set;constructor(c,m){this.#n=c,this.#e=m.filter(p=>(0,k.MU)(p,c)!==null)}async addUsual(c){for(const m of d)for(const p of await(0,_.CC)(this.#n,m))await this.#i(p);if(c!==null&&await this.#u(c),![...this.#t].some(g)){for(const m of this.#e)if(await this.#l(m))return}}async include({patterns:c,path:m},p){const v=new Set(m===null?this.#r:[]);for(const[A,C]of c.entries()){const T=[...this.#o.keys()].filter(D=>(0,_.cK)(C,D)),W=await(0,_.CC)(this.#n,C);if(W.length+T.length===0&&m!==null)throw new L.y("MA135",{what:`the pattern ${C} matches no file`,where:p([...m,A]),expected:`a file below ${this.#n}`});for(const D of W)await this.#i(D)&&v.add(D);for(const D of T)v.add(D)}return[...v].sort()}async addLicenses(c){for(const m of c){const p=await(0,_.CC)(this.#n,m);for(const v of p)await this.#i(v)&&this.#r.add(v);p.length===0&&this.#c(m,"licence")}}async addFile(c,m){const p=(0,x.resolve)(this.#n,c);if(!await(0,k.fo)(p))return this.#c(c,m),null;if(!await this.#a(p,c))return null;const v=(0,k.MU)(this.#n,p),A=v??(0,x.basename)(p);return v!==null?this.#t.add(A):this.#t.has(A)||this.#o.set(A,p),A}result(){return{licenseFiles:[...this.#r].filter(c=>!g(c)).sort(),documents:[...this.#t,...this.#o.keys()].sort(),documentsAbove:Object.fromEntries(this.#o),warnings:[...this.#s.values()]}}async#i(c){const m=(0,x.join)(this.#n,c);return await this.#a(m,c)?(this.#t.add(c),this.#o.delete(c),!0):!1}async#l(c){const m=(await(0,$.readdir)(c).catch(k.Ge)??[]).filter(g);let p=!1;for(const v of m.sort()){const A=(0,x.join)(c,v);await(0,k.fo)(A)&&await this.#a(A,v)&&(this.#o.set(v,A),p=!0)}return p}async#u(c){const m=await this.addFile(c,"licence");m!==null&&this.#r.add(m)}#c(c,m){const p=`the manifest names the ${m} ${c}, which does not exist`,v=m==="licence"?"no-license-file":`no-${m}-file`;this.#s.set(c,{code:v,text:p})}async#a(c,m){const p=await(0,$.realpath)(c);for(const A of[this.#n,...this.#e])if((0,k.MU)(await(0,$.realpath)(A),p)!==null)return!0;const v=`${m} leads out of the project and is left out`;return this.#s.set(m,{code:"document-outside",text:v}),!1}}function g(u){return E.some(c=>(0,_.cK)(c,u))}function f(u){const c=p=>["readme.md","readme","readme.markdown","readme.rst","readme.txt"].indexOf(p.toLowerCase());return u.filter(p=>(0,_.cK)("README*",p)).map(p=>({name:p,rank:c(p)===-1?u.length+5:c(p)})).sort((p,v)=>p.rank-v.rank||p.name.length-v.name.length)[0]?.name??null}}),7525:((F,S,h)=>{h.d(S,{Ge:()=>k,MU:()=>L,fo:()=>E,yR:()=>_});var $=h(51455),x=h(76760);function L(d,b){const g=(0,x.relative)(d,b);return g===""||g===".."||g.startsWith(`..${x.sep}`)||(0,x.isAbsolute)(g)?null:g.replaceAll(x.sep,"/")}function k(d){if(d.code==="ENOENT"||d.code==="ENOTDIR")return null;throw d}async function _(d){return(await(0,$.stat)(d).catch(k))?.isFile()?(await(0,$.readFile)(d,"utf8")).replace(/^\uFEFF/,""):null}async function E(d){return(await(0,$.stat)(d).catch(k))?.isFile()??!1}}),16373:((F,S,h)=>{h.d(S,{CC:()=>d,_T:()=>E,cK:()=>f});var $=h(51455),x=h(76760),L=h(70120),k=h(7525);const _=new Set(["node_modules","target"]);async function E(u,c){const m=await g(u,b(c)),p=await Promise.all(m.map(async v=>(await(0,$.stat)((0,x.join)(u,v)).catch(k.Ge))?.isDirectory()??!1));return m.filter((v,A)=>p[A]).map(v=>(0,x.join)(u,v))}async function d(u,c){const m=await g(u,b(c)),p=await Promise.all(m.map(async v=>(await(0,$.stat)((0,x.join)(u,v)).catch(k.Ge))?.isFile()??!1));return m.filter((v,A)=>p[A])}function b(u){const c=u.split("/").filter(m=>m!==""&&m!==".");return c.at(-1)==="**"?[...c,"*"]:c}async function g(u,c){const m=new Set,p=async(v,A)=>{const C=c[A];if(C===void 0){v!==""&&m.add(v);return}if(C==="..")return;const T=await(0,$.readdir)((0,x.join)(u,v),{withFileTypes:!0}).catch(k.Ge),W=A===c.length-1;for(const D of T??[]){const z=v===""?D.name:`${v}/${D.name}`,N=D.isDirectory()||D.isSymbolicLink();if(C==="**"){const Q=D.name.startsWith(".")||_.has(D.name);D.isDirectory()&&!Q&&await p(z,A);continue}f(C,D.name)&&(W?m.add(z):N&&await p(z,A+1))}C==="**"&&await p(v,A+1)};return await p("",0),[...m].sort()}function f(u,c){return c.startsWith(".")&&!u.startsWith(".")?!1:(0,L.X)(u,{ignoreCase:!0})(c)}}),41960:((F,S,h)=>{h.d(S,{DR:()=>_,H7:()=>L,iP:()=>E,j8:()=>x});var $=h(68243);function x(d){if(!/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(d))throw new $.y("MA823",{what:`"${d}" cannot be the name of a wheel`,expected:"ASCII letters, digits, . _ - with a letter or digit at both ends",found:d});return d.replace(/[-_.]+/g,"_").toLowerCase()}function L(d,b,{interpreters:g,abis:f,platforms:u}){const c=[g,f,u].map(m=>m.join("."));return`${[d,b,...c].join("-")}.whl`}const k=/^(~=|===?|!=|<=?|>=?) *[0-9][0-9A-Za-z.*+!-]*$/;function _({requiresPython:d}){if(!d.split(",").every(b=>k.test(b.trim())))throw new $.y("MA826",{what:`"${d}" does not say which Python a wheel needs`,expected:'version specifiers, such as ">=3.8" or ">=3.8,<4"',found:d,where:"wheel.requires-python"})}function E({requiresPython:d}){const b=d.split(",").flatMap(g=>{const[,f,u]=/^(~=|===?|>=?) *3(?:\.([0-9]+))?/.exec(g.trim())??[];return f===void 0?[]:[Number(u??0)]});return b.length===0?null:Math.max(...b)}}),99876:((F,S,h)=>{h.d(S,{u:()=>d});var $=h(68243);const x="(?:0|[1-9][0-9]*)",L=new RegExp(`^(${x}\\.${x}\\.${x})(?:-([0-9A-Za-z.-]+))?(\\+.*)?$`),k=new RegExp(`^(alpha|a|beta|b|rc|dev)[.-]?(${x})?$`,"i"),_=/^dev\.g([0-9a-f]{7,40})$/,E={alpha:"a",a:"a",beta:"b",b:"b",rc:"rc",dev:".dev"};function d(g){const[,f,u,c]=L.exec(g)??[];if(f===void 0)throw b(g,"it is not a semantic version");if(c!==void 0)throw b(g,`package indexes refuse build metadata (${c})`,`write ${g.slice(0,-c.length)}`);if(u===void 0)return f;const[,m]=_.exec(u)??[];if(m!==void 0)return`${f}.dev0+g${m}`;const[,p,v="0"]=k.exec(u)??[],A=p===void 0?void 0:E[p.toLowerCase()];if(A===void 0)throw b(g,`Python knows alpha, beta, rc and dev, each with one number, but not "${u}"`,`write ${f}-alpha.1, ${f}-beta.1, ${f}-rc.1 or ${f}-dev.1`);return`${f}${A}${v}`}function b(g,f,u){return new $.y("MA821",{what:`version ${g} cannot be the version of a wheel: ${f}`,found:g,...u===void 0?{}:{fix:u}})}}),70120:((F,S,h)=>{h.d(S,{X:()=>$});function $(k,{anywhere:_=!1,ignoreCase:E=!1}={}){const d=g=>E?g.toLowerCase():g,b=x(d(k));return g=>L(b,[...d(g)],_)}function x(k){return(k.match(/\*\*\/|\*+|./gsu)??[]).map(_=>_==="**/"?{kind:"folders"}:_.startsWith("**")?{kind:"any"}:_==="*"?{kind:"star"}:_==="?"?{kind:"one"}:{kind:"character",character:_})}function L(k,_,E){let d=[!0,..._.map(()=>!1)];for(const b of k){const g=_.map(()=>!1);g.unshift(b.kind!=="one"&&b.kind!=="character"&&d[0]===!0);let f=d[0]===!0;for(const[u,c]of _.entries()){const m=E||c!=="/",p=d[u]===!0,v=d[u+1]===!0;switch(b.kind){case"character":g[u+1]=p&&c===b.character;break;case"one":g[u+1]=p&&m;break;case"star":g[u+1]=v||g[u]===!0&&m;break;case"any":g[u+1]=v||g[u]===!0;break;case"folders":g[u+1]=v||f&&c==="/";break}f||=v}d=g}return d.at(-1)===!0}}),94487:((F,S,h)=>{h.d(S,{C:()=>g,F:()=>_});var $=h(96829),x=h(68243),L=h(90333),k=h(39179);function _(f,u){const c="rows"in f?f.rows:[f],m=c.length===1&&!("rows"in f&&f.short),p={id:f.id,os:f.os,arch:f.arch,abi:"",...d(c),...m?{}:{abi:""},package:u.package,version:u.version};return p.exe=u.exe??(f.os==="windows"?".exe":""),p}const E={arch:b,abi:f=>f.abi??"",uname:f=>f.uname,rust:f=>(0,k.ZC)(f,"rust"),go:f=>(0,k.ZC)(f,"go"),goos:f=>f.go?.GOOS??null,goarch:f=>f.go?.GOARCH??null,docker:f=>(0,k.ZC)(f,"docker"),node:f=>(0,k.ZC)(f,"node")};function d(f){const u={};for(const[c,m]of Object.entries(E)){const p=new Set(f.map(m)),[v]=p;p.size===1&&typeof v=="string"&&(u[c]=v)}return u}function b(f){const u=(0,L.Zq)(f);return u!==null?u.slice(u.indexOf("-")+1):f.armVersion===null?f.arch:`${f.arch}v${f.armVersion}`}function g(f,u,c){return f.replaceAll(/\{([^{}]*)\}/g,(m,p)=>{const v=Object.hasOwn(u,p)?u[p]:void 0;if(v!==void 0)return v;const A=Object.keys(u),C=(0,$.p)(p,A),T=u.id===void 0?"":` for target ${u.id}`;throw new x.y("MA103",{what:`the placeholder {${p}} has no value${T}`,expected:A.map(W=>`{${W}}`).join(" "),where:c,...C===void 0?{}:{fix:`write {${C}}`}})})}}),71555:((F,S,h)=>{h.d(S,{d:()=>x});var $=h(59724);class x{#n=new Map;#e=new Set;add(d,b){const g=d.lastIndexOf("/"),f=g===-1?null:this.#t(d.slice(0,g));if(f!==null)return f;const u=_(d),c=this.#n.get(u);return c===void 0||c.kind==="implied"&&b==="folder"?c!==void 0&&c.spelling!==d?k(d,c.spelling):(this.#n.set(u,{spelling:d,kind:b}),null):c.spelling!==d?k(d,c.spelling):c.kind===b?L(`${(0,$.AB)(d)} is there twice`):L(`${(0,$.AB)(d)} is both a file and a folder`)}#t(d){if(this.#e.has(d))return null;const b=d.lastIndexOf("/"),g=b===-1?null:this.#t(d.slice(0,b));if(g!==null)return g;const f=_(d),u=this.#n.get(f);return u!==void 0&&u.spelling!==d?k(d,u.spelling):u?.kind==="file"?L(`${(0,$.AB)(d)} is both a file and a folder`):(u===void 0&&this.#n.set(f,{spelling:d,kind:"implied"}),this.#e.add(d),null)}}function L(E){return{reason:"duplicate",text:E}}function k(E,d){return{reason:"name-case",text:`${(0,$.AB)(E)} and ${(0,$.AB)(d)} are one file on some systems`}}function _(E){return E.normalize("NFC").replace(new RegExp("\\p{Default_Ignorable_Code_Point}","gu"),"").toUpperCase().toLowerCase().normalize("NFC")}})};export{go as id,$o as ids,bo as modules};
