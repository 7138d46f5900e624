import CLI

@main
struct Plumb {
    static func main() async { await PlumbCommand.start(Composition.wiring) }
}
