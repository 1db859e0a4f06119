namespace Everyday;

/// <summary>Names that applications use themselves. Generated code leaves them alone.</summary>
public sealed record User(long Id, string Name);

public sealed record TaskCard(long Id, string Title);

public sealed class Log(TextWriter writer)
{
    public Task WriteAsync(string text) => writer.WriteLineAsync(text);
}
