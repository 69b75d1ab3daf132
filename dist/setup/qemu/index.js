import{run as m}from"../../main/index.js";await m("setup/qemu");
