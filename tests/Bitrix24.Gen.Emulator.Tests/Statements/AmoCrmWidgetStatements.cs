namespace Bitrix24.Gen.Emulator.Tests.Statements;

/// <summary>What the document about amoCRM widgets says.</summary>
public sealed class AmoCrmWidgetStatements(StatementChecks checks) : IClassFixture<StatementChecks>
{
    public static TheoryData<int, string> All => Statement.Of("amoCRM widgets");

    [Theory]
    [MemberData(nameof(All))]
    public async Task Holds(int number, string statement)
    {
        Assert.NotEmpty(statement);
        await checks.RunAsync(number);
    }
}
