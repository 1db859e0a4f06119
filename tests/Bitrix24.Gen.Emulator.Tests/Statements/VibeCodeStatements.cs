namespace Bitrix24.Gen.Emulator.Tests.Statements;

/// <summary>What the document about VibeCode says.</summary>
public sealed class VibeCodeStatements(StatementChecks checks) : IClassFixture<StatementChecks>
{
    public static TheoryData<int, string> All => Statement.Of("VibeCode");

    [Theory]
    [MemberData(nameof(All))]
    public async Task Holds(int number, string statement)
    {
        Assert.NotEmpty(statement);
        await checks.RunAsync(number);
    }
}
