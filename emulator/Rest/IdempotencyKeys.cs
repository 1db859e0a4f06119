using Bitrix24.Gen.Emulator.Http;

namespace Bitrix24.Gen.Emulator.Rest;

/// <summary>Answers of calls that came with an <c>Idempotency-Key</c>; kept for a day.</summary>
internal sealed class IdempotencyKeys(TimeProvider clock)
{
    private const int MaxLength = 255;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Who, string Key), (string Body, HttpAnswer Answer, DateTimeOffset Until)> _stored = [];

    /// <summary>The stored answer, or what is wrong with the key; neither: the call is to run.</summary>
    public (HttpAnswer? Stored, Failure? Error) Find(string who, string key, string body)
    {
        if (key.Length is 0 or > MaxLength || !key.All(c => c is >= ' ' and <= '~'))
            return (null, V3Errors.InvalidKey);
        lock (_gate)
        {
            if (!_stored.TryGetValue((who, key), out var stored) || stored.Until <= clock.GetUtcNow())
                return (null, null);
            return stored.Body == body ? (stored.Answer, null) : (null, V3Errors.KeyReused);
        }
    }

    public void Store(string who, string key, string body, HttpAnswer answer)
    {
        lock (_gate)
            _stored[(who, key)] = (body, answer, clock.GetUtcNow() + Lifetime);
    }
}
