namespace Bitrix24.Gen.Emulator;

/// <summary>What an application answered to a callback.</summary>
/// <param name="Callback">The callback: <c>sale.delivery.handler.CALCULATE_URL</c>.</param>
/// <param name="Status">The HTTP status; null: no answer came.</param>
/// <param name="Body">The answer.</param>
/// <param name="Token">What the application's reply has to carry; null: the callback takes none.</param>
/// <param name="Findings">Why a portal would not take the answer; empty: it would.</param>
public sealed record CallbackOutcome(string Callback, int? Status, string Body, string? Token, IReadOnlyList<CallFinding> Findings)
{
    /// <summary>The answer is what the spec says of it.</summary>
    public bool IsTaken => Status is >= 200 and < 300 && Findings.Count == 0;

    /// <summary>Names the callback and the status; does not print the token.</summary>
    public override string ToString() => $"CallbackOutcome({Callback}, {Status}, ***)";
}

/// <summary>What an application reported by a call after a callback: the outcome of a robot.</summary>
/// <param name="Callback">The callback.</param>
/// <param name="Token">The token that it carried.</param>
/// <param name="Parameters">The parameters of the call, as JSON.</param>
public sealed record CallbackReply(string Callback, string Token, string Parameters)
{
    /// <summary>Names the callback; does not print the token.</summary>
    public override string ToString() => $"CallbackReply({Callback}, ***)";
}
