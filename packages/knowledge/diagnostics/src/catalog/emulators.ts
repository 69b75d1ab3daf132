import type { CatalogPart } from "./entry.ts";

/** Emulators and their registration: capability/emulation. */
export const emulators = {
  MA450: {
    title: "A platform is not one that can be emulated",
    fix: "name platforms of Linux, such as linux/arm64, or all",
  },
  MA451: {
    title: "Emulators cannot be set up on this system",
    fix: "use a runner with Linux, or start a container engine that docker reaches",
  },
  MA452: {
    title: "There is no privilege to register emulators",
    fix: "run as root, allow sudo without a password, give the job's container --privileged, or register emulators on the host",
  },
  MA453: {
    title: "The kernel's registry for emulators (binfmt_misc) is not there or switched off",
    fix: "mount binfmt_misc on the host, or load the module: modprobe binfmt_misc",
  },
  MA454: {
    title: "The kernel refused to register an emulator",
    fix: "look at the kernel's reason",
  },
  MA455: {
    title: "The name of an entry is taken by one that cannot be used",
    fix: "remove that entry: write -1 to it",
  },
  MA456: {
    title: "A platform's programs do not run although its emulator is registered",
    fix: "try another emulator with qemu-version or image",
  },
  MA457: {
    title: "An emulator in the tool cache is not the one that was put there",
    fix: "find out who changed it, and remove the folder",
  },
  MA458: {
    title: "No emulator was found for a platform",
    fix: "install qemu-user-static, or give image: an image by digest or a folder",
  },
  MA459: {
    title: "What should be an emulator is none that works here",
    fix: "give another image or folder; the emulator must be static and for this machine's processor",
  },
  MA460: {
    title: "The place of emulators is not pinned or not readable",
    fix: "give name@sha256:<digest>, a folder, or https://…#sha256=<hash of its SHA256SUMS>",
  },
  MA461: {
    title: "Another job holds the emulators for too long",
    fix: "end the process that is stuck, or run again later",
  },
  MA462: {
    title: "Emulators could not be set up in the container engine",
    fix: "look at the output of docker run",
  },
  MA463: {
    title: "Not even a program for this machine runs from the temporary folder",
    fix: "let RUNNER_TEMP be on a file system without noexec",
  },
  MA464: {
    title: "The emulator in use is not of the version that was asked for",
    fix: "wait until the other job has ended, or leave out qemu-version",
  },
  MA465: {
    title: "A lease for emulators cannot be written",
    fix: "make room on the disk, or look at the rights of the folder",
  },
} as const satisfies CatalogPart;
