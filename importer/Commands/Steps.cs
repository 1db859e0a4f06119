using Spectre.Console;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>Tells how far long work has come: bars on a terminal, else a line for each step.</summary>
internal sealed class Steps(IAnsiConsole console, bool interactive)
{
    private ProgressContext? _context;

    /// <summary>Runs work that consists of steps.</summary>
    public T Run<T>(Func<T> work)
    {
        if (!interactive)
            return work();
        return console.Progress().AutoClear(true).Start(context =>
        {
            _context = context;
            return work();
        });
    }

    /// <summary>Runs a step.</summary>
    /// <param name="name">What it does.</param>
    /// <param name="work">Says where to report the share done, from 0 to 1; from any thread.</param>
    public T Step<T>(string name, Func<Action<double>, T> work)
    {
        if (_context is null)
        {
            console.WriteLine(name + " …");
            return work(static _ => { });
        }

        var task = _context.AddTask(Markup.Escape(name), maxValue: 1);
        var gate = new Lock();
        var result = work(share =>
        {
            lock (gate)
                task.Value = Math.Max(task.Value, share);
        });
        task.Value = 1;
        return result;
    }
}
