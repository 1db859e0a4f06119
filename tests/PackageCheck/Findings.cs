namespace Bitrix24.Gen.PackageCheck;

/// <summary>What was checked and what is wrong.</summary>
internal sealed class Findings
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    public int Checked { get; private set; }

    /// <summary>Counts a check, and keeps what is wrong if it fails.</summary>
    public bool Expect(bool holds, string package, string fault)
    {
        Checked++;
        if (!holds)
            _faults.Add($"{package}: {fault}");
        return holds;
    }
}
