namespace Bitrix24.Gen.Emulator;

/// <summary>A robot that is assigned to a stage.</summary>
/// <param name="Entity">The store of the records: <c>crm.deal</c>.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Code">The code under which the application registered the robot.</param>
/// <param name="Properties">What the robot is given, as JSON.</param>
public sealed record StageRobot(string Entity, string Stage, string Code, string Properties);

/// <summary>A robot that was started because a record came to its stage.</summary>
/// <param name="Code">The robot.</param>
/// <param name="Entity">The store of the record.</param>
/// <param name="Stage">The stage.</param>
/// <param name="RecordId">The record.</param>
/// <param name="State">How far it is.</param>
/// <param name="Status">The status that its handler answered; null: none yet, or no answer came.</param>
/// <param name="Reply">The parameters of the call that reported its outcome, as JSON; null: none came.</param>
public sealed record RobotRun(string Code, string Entity, string Stage, string RecordId, RobotState State, int? Status, string? Reply);

/// <summary>How far a robot is.</summary>
public enum RobotState
{
    /// <summary>Its handler is being called.</summary>
    Sending,

    /// <summary>Its handler was called; the application has not reported the outcome yet.</summary>
    Waiting,

    /// <summary>The application reported the outcome, or the robot was registered not to wait for it.</summary>
    Completed,

    /// <summary>Its handler answered no 2xx, or the robot is not registered any more.</summary>
    Failed,
}
