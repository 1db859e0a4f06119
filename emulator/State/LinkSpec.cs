namespace Bitrix24.Gen.Emulator.State;

/// <summary>A store of links between records, and the fields in which the records of one side show them.</summary>
/// <param name="Store">The store of the links.</param>
/// <param name="Own">In a link, the key of the record that shows it.</param>
/// <param name="Other">In a link, the key of the other record.</param>
/// <param name="To">The store of the other records.</param>
/// <param name="One">The field that shows the primary link's other record.</param>
/// <param name="Many">The field that shows those of all links.</param>
/// <param name="Primary">In a link, the flag of the primary one.</param>
internal sealed record LinkSpec(string Store, string Own, string Other, string To, string? One, string? Many, string? Primary);
