using System.Globalization;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Importer.Reporting;
using Bitrix24.Gen.Tools;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary>The pages of a documentation folder.</summary>
/// <param name="Docs">Those that could be read.</param>
/// <param name="Unreadable">Files and folders that could not, or not as they stand, and why.</param>
internal sealed record DocFolder(DocSet Docs, IReadOnlyList<SkippedPage> Unreadable)
{
    /// <summary>Far above any page; what is larger is no page.</summary>
    public const int LargestPage = 4 * 1024 * 1024;

    private const string Extension = ".md";

    /// <summary>Reads every Markdown file below a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="progress">Gets the share done, from 0 to 1.</param>
    public static DocFolder Load(string folder, Action<double> progress)
    {
        if (!Directory.Exists(folder))
            throw new CommandFailure(File.Exists(folder) ? $"{folder}: a file; name the folder of the documentation." : $"{folder}: no such folder.");
        var unreadable = new List<SkippedPage>();
        var gate = new Lock();
        var files = FolderFiles.Find(folder, Extension, Skip);
        if (files.Count == 0 && unreadable.Count == 0)
            throw new CommandFailure($"{folder}: no page (*{Extension}) lies here or below. The documentation's repository in Markdown is wanted.");
        var pages = new DocPage?[files.Count];
        var done = 0;
        Parallel.For(0, files.Count, i =>
        {
            pages[i] = Read(files[i]);
            progress((double)Interlocked.Increment(ref done) / files.Count);
        });
        unreadable.Sort(static (a, b) => string.CompareOrdinal(a.Page, b.Page));
        return new DocFolder(new DocSet(pages.OfType<DocPage>()), unreadable);

        DocPage? Read(string file)
        {
            try
            {
                if (new FileInfo(file) is { Length: > LargestPage } large)
                {
                    Skip(file, string.Create(CultureInfo.InvariantCulture, $"{large.Length} bytes; a page has at most {LargestPage}; left out"));
                    return null;
                }

                var (text, badLine) = Utf8Text.Decode(FolderFiles.Read(file, LargestPage));
                if (badLine > 0)
                    Skip(file, string.Create(CultureInfo.InvariantCulture, $"line {badLine} is not UTF-8; the rest was read"));
                return DocPage.Read(PathOf(file), text);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Skip(file, e.Message);
                return null;
            }
        }

        string PathOf(string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

        void Skip(string file, string reason)
        {
            lock (gate)
                unreadable.Add(new SkippedPage(PathOf(file), "Unreadable", reason));
        }
    }
}
