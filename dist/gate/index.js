import{run as a}from"../main/index.js";await a("gate");
