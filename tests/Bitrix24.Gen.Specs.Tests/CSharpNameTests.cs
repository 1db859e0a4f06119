namespace Bitrix24.Gen.Specs.Tests;

public class CSharpNameTests
{
    [Theory]
    [InlineData("findbycomm", "FindByComm")]
    [InlineData("BEGINDATE", "BeginDate")]
    [InlineData("getmanifest", "GetManifest")]
    [InlineData("taskid", "TaskId")]
    [InlineData("isrecurring", "IsRecurring")]
    [InlineData("TASKID_FROM", "TaskIdFrom")]
    [InlineData("userfieldId", "UserFieldId")]
    [InlineData("imopenlines.config", "ImOpenLinesConfig")]
    [InlineData("dateCreate", "DateCreate")]
    [InlineData("SOURCE_NOT_FOUND", "SourceNotFound")]
    [InlineData("dataset", "Dataset")]
    [InlineData("checklist", "Checklist")]
    [InlineData("UTM_SOURCE", "UtmSource")]
    [InlineData("200", "Value200")]
    [InlineData("603-S", "Value603S")]
    [InlineData("3_9", "Value3_9")]
    [InlineData("1.0", "Value1_0")]
    [InlineData("", "Value")]
    [InlineData("class", "Class")]
    [InlineData("Нет, совсем", "НетСовсем")]
    [InlineData("В РАБОТЕ", "ВРаботе")]
    [InlineData("größe über", "GrößeÜber")]
    public void Name_IsThatOfACSharpDeveloper(string wire, string name) => Assert.Equal(name, CSharpNames.Pascal(wire));

    [Fact]
    public void Constants_AreNamedByMeaningWhereOneIsKnown()
    {
        string? Meaning(string value) => value == "1" ? "Start to start" : value == "NEW" ? "Wrong" : null;
        Assert.Equal(["StartToStart", "Value2", "Minus5", "New", "Empty"], CSharpNames.Constants(["1", "2", "-5", "NEW", ""], "Kind", null, Meaning));
    }

    [Theory]
    [InlineData("PaymentListFilter", View.Filter, "PaymentListFilter")]
    [InlineData("PaymentListFilter", View.Create, "PaymentListFilterCreate")]
    [InlineData("global::A.Order", View.Order, "global::A.OrderOrder")]
    [InlineData("Task", View.Read, "TaskRecord")]
    public void View_IsNotNamedTwice(string type, View view, string name) => Assert.Equal(name, CSharpNames.Of(type, view));

    [Fact]
    public void PhpClass_LosesItsNamespace() => Assert.Equal(
        ["SequentNumberGenerator", "AdmLevel1", "UfCrmTask"],
        new[] { "Bitrix_Main_Numerator_Generator_SequentNumberGenerator", "ADM_LEVEL_1", "UF_CRM_TASK" }
            .Select(static n => CSharpNames.Of(new FieldSpec { Name = n, Type = new(TypeKind.String) }, null)));

    [Fact]
    public void LongNames_AreCutAndStayDifferent()
    {
        var text = new string('a', 1100);
        var names = CSharpNames.Constants([text + "1", text + "2"], "Kind", null);
        Assert.All(names, static n => Assert.InRange(n.Length, 1, 210));
        Assert.Equal(2, names.Distinct().Count());
    }
}
