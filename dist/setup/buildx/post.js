import{run as t}from"../../main/index.js";await t("setup/buildx/post");
