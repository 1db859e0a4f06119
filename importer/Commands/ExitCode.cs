namespace Bitrix24.Gen.Importer.Commands;

/// <summary>What the process answers.</summary>
internal static class ExitCode
{
    public const int Clean = 0;

    public const int Findings = 1;

    public const int BadInput = 2;
}

/// <summary>What a command cannot go on with: reported to the user, exit code 2.</summary>
internal sealed class CommandFailure(string message) : Exception(message)
{
    /// <summary>Runs a command; what the outside world refuses it becomes a message.</summary>
    public static int Guard(Func<int> run, TextWriter errors)
    {
        try
        {
            return run();
        }
        catch (CommandFailure failure)
        {
            errors.Line(failure.Message);
        }
        catch (OperationCanceledException)
        {
            errors.Line("Interrupted: not done.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The messages of both name the path.
            errors.Line(e.Message);
        }

        return ExitCode.BadInput;
    }
}
