namespace Bitrix24.Gen.Emulator.Tests.Statements;

/// <summary>What the document about Vibe widgets says.</summary>
public sealed class VibeWidgetStatements(StatementChecks checks) : IClassFixture<StatementChecks>
{
    public static TheoryData<int, string> All => Statement.Of("Vibe widgets");

    [Theory]
    [MemberData(nameof(All))]
    public async Task Holds(int number, string statement)
    {
        Assert.NotEmpty(statement);
        await checks.RunAsync(number);
    }
}
