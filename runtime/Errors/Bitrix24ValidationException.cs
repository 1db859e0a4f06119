namespace Bitrix24;

/// <summary>A request breaks rules of the spec and was not sent.</summary>
/// <param name="method">The method that was to be called.</param>
/// <param name="violations">What is wrong, in the server's order.</param>
public sealed class Bitrix24ValidationException(string method, IReadOnlyList<Violation> violations)
    : Bitrix24Exception(Describe(method, violations))
{
    /// <summary>The method that was to be called.</summary>
    public string Method { get; } = method;

    /// <summary>What is wrong, in the server's order: it would answer with the code of the first.</summary>
    public IReadOnlyList<Violation> Violations { get; } = violations;

    private static string Describe(string method, IReadOnlyList<Violation> violations)
    {
        var lines = violations.Select(static v => v.Path.Length == 0 ? $"{v.Rule} {v.Message}" : $"{v.Rule} {v.Path}: {v.Message}");
        return $"{method} was not sent: {string.Join("; ", lines)}";
    }
}
