using Microsoft.Data.Sqlite;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>
/// Keeps records in an SQLite file. Changes of a call are written in one transaction before the call is answered, so that what
/// was answered is there after the process is killed. After a power failure the last transactions may be missing (synchronous=NORMAL).
/// </summary>
internal sealed class SqliteJournal : IRecordJournal, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<(string Store, string Key, string? Body)> _changes = [];
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _remove;

    /// <exception cref="IOException">The file cannot be opened, or is not such a file.</exception>
    public SqliteJournal(string file)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        try
        {
            // Tokens are kept there too. SQLite gives its other files the rights of this one.
            if (!File.Exists(file))
                new FileStream(file, PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite)).Dispose();
            _connection.Open();
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=NORMAL");
            Execute("CREATE TABLE IF NOT EXISTS records (store TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (store, key))");
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            _connection.Dispose();
            throw new IOException($"{file}: the portal's records cannot be kept there. {e.Message}", e);
        }

        _put = Command("INSERT INTO records (store, key, body) VALUES ($store, $key, $body) ON CONFLICT (store, key) DO UPDATE SET body = excluded.body", "$store", "$key", "$body");
        _remove = Command("DELETE FROM records WHERE store = $store AND key = $key", "$store", "$key");
    }

    /// <summary>All kept records, in the order in which they were first written.</summary>
    public IEnumerable<(string Store, string Body)> Read()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT store, body FROM records ORDER BY rowid";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return (reader.GetString(0), reader.GetString(1));
    }

    public void Put(RecordTable table, string key, Record record) => _changes.Add((table.Name, key, record.ToJson(all: true).ToJsonString()));

    public void Remove(RecordTable table, string key) => _changes.Add((table.Name, key, null));

    public void Discard() => _changes.Clear();

    public void Commit()
    {
        if (_changes.Count == 0)
            return;
        using var transaction = _connection.BeginTransaction();
        foreach (var (store, key, body) in _changes)
        {
            var command = body is null ? _remove : _put;
            command.Transaction = transaction;
            command.Parameters["$store"].Value = store;
            command.Parameters["$key"].Value = key;
            if (body is not null)
                command.Parameters["$body"].Value = body;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        _changes.Clear();
    }

    public void Dispose()
    {
        _put.Dispose();
        _remove.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string text, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in parameters)
            command.Parameters.Add(name, SqliteType.Text);
        return command;
    }

    private void Execute(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
