using System.Diagnostics;

namespace Bitrix24.Gen.Trust.Tests;

/// <summary>A process of its own that shares a folder of tokens with others.</summary>
internal static class Worker
{
    /// <summary>What a worker reads from its input: the secret does not belong on a command line.</summary>
    public sealed record Orders(string Folder, string Portal, string ClientId, string ClientSecret);

    public static async Task<int> Main(string[] arguments)
    {
        var input = Console.In;
        var orders = new Orders(input.ReadLine()!, input.ReadLine()!, input.ReadLine()!, input.ReadLine()!);
        var store = new FileTokenStore(orders.Folder);
        if (arguments is ["hold"])
        {
            await using var held = await store.LockAsync(new Uri(orders.Portal).Authority);
            Console.WriteLine("held");
            await Task.Delay(Timeout.Infinite);
        }

        var application = new Bitrix24Application(orders.ClientId, orders.ClientSecret) { OAuthServer = new Uri(orders.Portal) };
        using var client = new Portal(Bitrix24Credentials.OAuth(orders.Portal, application, arguments is ["die", var step] ? new MortalStore(store, step) : store), new() { RateLimit = Bitrix24RateLimit.None });
        Console.WriteLine("ready");
        input.ReadLine();
        await client.CallAsync("biconnector.connector.fields");
        Console.WriteLine("done");
        return 0;
    }

    public static Process Start(string command, Orders orders, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Worker).Assembly.Location, command, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
        foreach (var line in new[] { orders.Folder, orders.Portal, orders.ClientId, orders.ClientSecret })
            process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
        return process;
    }

    public static async Task<string> ReadAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync() ?? "died: " + await process.StandardError.ReadToEndAsync();
}
