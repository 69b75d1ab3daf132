const E=873,$=[873],g={78961:((f,d,u)=>{u.d(d,{$b:()=>_,a3:()=>i,z3:()=>a});function _({headers:e,rows:t}){const r=e.map((l,o)=>Math.max(l.length,...t.map(s=>(s[o]??"").length))),n=l=>l.map((o,s)=>o.padEnd(r[s]??0)).join("  ").trimEnd();return[e,...t].map(n).join(`
`)}function a(e){const t=["B","kB","MB","GB"];let r=e,n=0;for(;r>=1e3&&n<t.length-1;)r/=1e3,n++;return`${n===0?r:r.toFixed(1)} ${t[n]}`}function i(e){if(e<6e4)return`${(e/1e3).toFixed(1)} s`;const t=Math.round(e/1e3);return`${Math.floor(t/60)} m ${t%60} s`}}),30873:((f,d,u)=>{u.d(d,{targetsVerb:()=>e});var _=u(78961),a=u(41439),i=u(83632);async function e(t,r,n){if(t!==void 0){const o=(0,a.iY)((0,a.hu)(t));if(r.json===!0)n.print(`${JSON.stringify(o,null,2)}
`);else for(const[s,c]of Object.entries(o))n.print(`${s.padEnd(16)} ${c??"\u2013"}
`);return i.h.done}if(r.json===!0)return n.print(`${JSON.stringify(a.Ge,null,2)}
`),i.h.done;const l={headers:["target","rust","docker","runner","glibc floor","tier"],rows:a.Ge.map(({id:o,rust:s,docker:c,hosted:p,glibcFloor:h,tier:m})=>[o,s??"\u2013",c??"\u2013",p?.label??"\u2013",h??"\u2013",m])};return n.print(`${(0,_.$b)(l)}
`),i.h.done}})};export{E as id,$ as ids,g as modules};
