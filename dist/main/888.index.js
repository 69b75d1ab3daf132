const n=888,t=[888],e={50888:((s,d,o)=>{o.d(d,{download:()=>_.R});var _=o(60351)})};export{n as id,t as ids,e as modules};
