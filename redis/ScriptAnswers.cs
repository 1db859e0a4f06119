using StackExchange.Redis;

namespace Bitrix24;

/// <summary>Reads what scripts answer; a server or proxy that answers anything else is as one that refuses.</summary>
internal static class ScriptAnswers
{
    /// <exception cref="RedisException">It is no number.</exception>
    public static long Number(RedisResult answer) =>
        answer.Resp2Type != ResultType.Array && ((RedisValue)answer).TryParse(out long number) ? number : throw Unexpected();

    /// <exception cref="RedisException">They are no numbers, or too few.</exception>
    public static long[] Numbers(RedisResult answer, int atLeast)
    {
        if (answer.Resp2Type != ResultType.Array || answer.IsNull || answer.Length < atLeast)
            throw Unexpected();
        var numbers = new long[answer.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Number(answer[i]);
        return numbers;
    }

    private static RedisException Unexpected() => new("Redis answered a script in an unknown form.");
}
