const d=3857,e=[3857],n={83857:((_,t,o)=>{o.d(t,{readContents:()=>s.r});var s=o(62735)})};export{d as id,e as ids,n as modules};
