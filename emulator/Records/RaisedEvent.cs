namespace Bitrix24.Gen.Emulator.Records;

/// <summary>An event that a call raises.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Data">What it says. An object in it with the member <see cref="Tokens"/> gets the members of <c>auth</c> when it is sent.</param>
/// <param name="To">Where it goes; null: to whoever bound it.</param>
internal sealed record RaisedEvent(string Code, JsonObject Data, string? To)
{
    public const string Tokens = "~auth";
}
