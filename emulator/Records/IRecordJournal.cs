namespace Bitrix24.Gen.Emulator.Records;

/// <summary>Where changes go so that they outlive the process.</summary>
internal interface IRecordJournal
{
    void Put(RecordTable table, string key, Record record);

    void Remove(RecordTable table, string key);

    /// <summary>All kept records, in the order of their making.</summary>
    IEnumerable<(string Store, string Body)> Read();

    /// <summary>Forgets changes that are not committed: they came out of the journal.</summary>
    void Discard();

    /// <summary>Makes sure that all changes so far are kept; called before a call is answered.</summary>
    void Commit();
}

/// <summary>Keeps nothing: the portal lives as long as the process.</summary>
internal sealed class NoJournal : IRecordJournal
{
    public static NoJournal Instance { get; } = new();

    public void Put(RecordTable table, string key, Record record)
    {
    }

    public void Remove(RecordTable table, string key)
    {
    }

    public IEnumerable<(string Store, string Body)> Read() => [];

    public void Discard()
    {
    }

    public void Commit()
    {
    }
}
