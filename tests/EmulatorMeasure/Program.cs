using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.EmulatorMeasure;

switch (args)
{
    case ["forms", var docs, var folder]:
        AnswerForms.Write(Documentation.Read(docs), folder);
        return 0;
    case ["errors", var docs, var folder]:
        ErrorMeanings.Write(Documentation.Methods(docs), folder);
        return 0;
    case ["calls", var docs, .. var shown]:
        await using (var portal = await PortalEmulator.StartAsync(new() { SpecFolders = Environment.GetEnvironmentVariable("B24_STATE") is { } state ? [state] : [] }))
            await new CallMeasure(portal, Documentation.Read(docs), Console.Out, shown).RunAsync();
        return 0;
    case ["cycles", var docs]:
        await using (var portal = await PortalEmulator.StartAsync(new() { SpecFolders = Environment.GetEnvironmentVariable("B24_STATE") is { } facts ? [facts] : [] }))
            await new LifeCycles(portal, Documentation.Read(docs), Console.Out).RunAsync();
        return 0;
    case ["speed", .. var rest]:
        await new Speed(Console.Out).RunAsync(rest is [var program] ? program : null);
        return 0;
    case ["coverage", var docs, var file]:
        await using (var portal = await PortalEmulator.StartAsync(new() { SpecFolders = Environment.GetEnvironmentVariable("B24_STATE") is { } kept ? [kept] : [] }))
            await CoverageList.WriteAsync(portal, Documentation.Read(docs), file, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine(
            "forms DOCS FOLDER: writes the forms of documented answers.\n"
            + "errors DOCS FOLDER: writes what documented errors are about.\n"
            + "calls DOCS [METHOD …]: sends documented calls, right and wrong, and counts; prints request and answers of these methods.\n"
            + "cycles DOCS: takes a record of every area through its life.\n"
            + "speed [b24-emulator.dll]: start-up, calls a second, memory.\n"
            + "coverage DOCS FILE: writes which methods work on records.");
        return 2;
}
