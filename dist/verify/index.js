import{run as r}from"../main/index.js";await r("verify");
