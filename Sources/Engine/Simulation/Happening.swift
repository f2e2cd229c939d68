/// What can be due at a moment of simulated time.
enum Happening {
    /// The control plane goes on with something it has begun.
    case control(ControlPlane.Step)
    /// A replica gets a message.
    case delivery(Region.Delivery)
    /// A watched partition's replicas look at the clock.
    case tick(ReplicationGroup)
    /// Whatever else somebody wants to do then: a simulated client, a timer.
    case call(() -> Void)
}
