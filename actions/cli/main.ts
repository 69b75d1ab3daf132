export { main } from "@multiarch/cli";
