const t=9610,e=[9610],a={99610:((o,_,s)=>{s.d(_,{readFacts:()=>d.M});var d=s(88778)})};export{t as id,e as ids,a as modules};
