namespace Bitrix24.Gen.Emulator.Tests.Statements;

/// <summary>What the document about BI connector says.</summary>
public sealed class BIConnectorStatements(StatementChecks checks) : IClassFixture<StatementChecks>
{
    public static TheoryData<int, string> All => Statement.Of("BI connector");

    [Theory]
    [MemberData(nameof(All))]
    public async Task Holds(int number, string statement)
    {
        Assert.NotEmpty(statement);
        await checks.RunAsync(number);
    }
}
