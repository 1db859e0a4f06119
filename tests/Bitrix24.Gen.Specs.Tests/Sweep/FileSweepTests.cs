using System.Text.RegularExpressions;

namespace Bitrix24.Gen.Specs.Tests.Sweep;

/// <summary>A file has a type in every upload, and every address of one can be downloaded.</summary>
public partial class FileSweepTests
{
    [Fact]
    public void Upload_TakesATypedFile() =>
        SweepExceptions.AssertCover("upload", SpecFields.All.Where(static f =>
            f.Use.HasFlag(FieldUse.Written) && !f.Field.ReadOnly && ContentName().IsMatch(f.Field.Name) && !f.Kinds.Contains(TypeKind.File)));

    [Fact]
    public void Address_IsTextOrAFile() =>
        SweepExceptions.AssertCover("address", SpecFields.All.Where(static f =>
            f.Use.HasFlag(FieldUse.Read) && AddressName().IsMatch(f.Field.Name) && !f.Kinds.All(static k => k is TypeKind.String or TypeKind.File)));

    [Theory]
    [InlineData("crm.contact/Contact.PHOTO", "fileData")]
    [InlineData("crm.company/Company.LOGO", "fileData")]
    [InlineData("catalog.product/Product.detailPicture", "fileData")]
    [InlineData("crm.activity/Activity.FILES", "fileData")]
    [InlineData("user.add:PERSONAL_PHOTO", null)]
    [InlineData("disk.folder.uploadFile:fileContent", null)]
    [InlineData("crm.timeline.comment/TimelineComment.FILES", null)]
    [InlineData("log.blogpost.add:FILES", null)]
    [InlineData("telephony.externalCall.attachRecord:FILE_CONTENT", "base64")]
    [InlineData("im.chat.updateAvatar:AVATAR", "base64")]
    [InlineData("imbot.v2.Chat/Chat.avatar", "base64")]
    [InlineData("note.file.add:fileContent", "base64")]
    public void File_HasTheFormOfItsPage(string path, string? format)
    {
        var field = Assert.Single(SpecFields.All, f => f.Path == path);

        Assert.Equal([TypeKind.File], field.Kinds);
        Assert.Equal(format, field.Field.Format);
    }

    [GeneratedRegex(
        @"^(file|pdf|image|doc)_?content$|^(icon_?|template_?)?file$|^files$|(^|_)(photo|avatar|logo|logotype|picture|image)$|(photo|avatar|logo|picture|image)$|^template_data$|^base64$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ContentName();

    [GeneratedRegex(
        @"(download|file|view|show|preview|machine|image|pdf|record)_?url$|^url_?(machine|download|preview|show)$|^(photo|avatar|picture)(_hr)?$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AddressName();
}
