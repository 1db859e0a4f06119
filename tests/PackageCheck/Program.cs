using Bitrix24.Gen.PackageCheck;

switch (args)
{
    case ["open", var folder]:
        return Report(PackageFolder.Check(folder));
    case ["emitted", var package, var source, var emitted]:
        return Report(EmittedText.Compare(package, source, emitted));
    default:
        Console.Error.WriteLine("""
            open FOLDER                       opens every package in the folder
            emitted PACKAGE SOURCE EMITTED    generates SOURCE with the compiler of the .NET 8 SDK and compares with the files in EMITTED
            """);
        return 2;
}

static int Report(Findings findings)
{
    foreach (var fault in findings.Faults)
        Console.WriteLine(fault);
    Console.WriteLine($"{findings.Checked} checks, {findings.Faults.Count} faults");
    return findings.Faults.Count == 0 && findings.Checked > 0 ? 0 : 1;
}
