import{run as i}from"../../main/index.js";await i("setup/buildx");
