use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => println!("hello from {}/{}", std::env::consts::OS, std::env::consts::ARCH),
        [flag] if flag == "--version" => println!("hello-cargo {}", env!("CARGO_PKG_VERSION")),
        [name] => println!("hello {name}"),
        _ => {
            eprintln!("usage: hello-cargo [--version | NAME]");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
