/// What can be due at a moment of simulated time.
enum Happening {
    /// The control plane goes on with something it has begun.
    case control(ControlPlane.Step)
    /// Whatever else somebody wants to do then: a simulated client, a timer.
    case call(() -> Void)
}
