using System.Diagnostics;
using System.Globalization;
using SkillBadges.App.Definitions;
using SkillBadges.App.Issuing;
using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Fonts;
using SkillBadges.App.Pdf.Pictures;
using SkillBadges.App.Pdf.Text;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Benchmarks.App;

/// <summary>How many certificates one core draws a second, and how large they are; then a transcript.</summary>
public static class PdfMeasures
{
    private const double GoalPerSecond = 20;
    private const int GoalBytes = 100_000;

    private static readonly DateTimeOffset At = new(2026, 5, 22, 17, 0, 0, TimeSpan.Zero);

    private static readonly string[] Names =
    [
        "Maria Fernanda Delgado", "Zoë Müller-Ångström", "Κωνσταντίνος Παπαδόπουλος", "Світлана Ющенко", "山田 太郎", "Nguyễn Thị Ánh Tuyết", "محمد الأمين", "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine the Third of Lower Cottonwood",
    ];

    /// <param name="folder">Where samples are put to be looked at; null for nowhere.</param>
    public static Task RunAsync(string? folder, TextWriter output) => WithSamplesAsync(async (store, samples) =>
    {
        await DrawAsync(samples, folder, output);
        await TranscriptAsync(store, samples, folder, output);
    });

    /// <summary>The transcript alone.</summary>
    public static Task TranscriptAsync(TextWriter output) => WithSamplesAsync((store, samples) => TranscriptAsync(store, samples, folder: null, output));

    private static async Task WithSamplesAsync(Func<SqliteStore, List<(Certificate Certificate, PngPicture? Picture)>, Task> measure)
    {
        var data = Directory.CreateTempSubdirectory("skillbadges-measure-").FullName;
        try
        {
            using var store = SqliteStore.Open(data, AllDocumentKinds.OfCore, TimeProvider.System, CancellationToken.None);
            await measure(store, await SamplesAsync(store, data));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task TranscriptAsync(SqliteStore store, List<(Certificate Certificate, PngPicture? Picture)> samples, string? folder, TextWriter output)
    {
        var school = Organization.Found(OrganizationId.From("school"), "westfield-high", "Westfield High School", OrganizationKind.HighSchool, null);
        await store.CommitAsync(new Changes().Add(OrganizationDocuments.Kind, school), CancellationToken.None);
        await TranscriptMeasures.RunAsync(store, [.. samples.Select(sample => sample.Certificate.Badge)], school, InstanceAddress.Parse("https://badges.example.org"), folder, output);
    }

    private static async Task DrawAsync(List<(Certificate Certificate, PngPicture? Picture)> samples, string? folder, TextWriter output)
    {
        var typesetter = new Typesetter(new FontLibrary(FontLibrary.SystemFolders));
        var words = new Texts("en");
        var documents = samples.Select(sample => CertificatePage.Draw(sample.Certificate, sample.Picture, sample.Picture, words, typesetter)).ToList();
        for (var i = 0; folder is not null && i < documents.Count; i++)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"certificate-{i}.pdf")), documents[i]);
        }

        var (drawn, start) = (0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5))
        {
            var (certificate, picture) = samples[drawn++ % samples.Count];
            CertificatePage.Draw(certificate, picture, picture, words, typesetter);
        }

        var perSecond = drawn / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var largest = documents.Max(document => document.Length);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"certificates, one core, a second {perSecond,28:F0}   goal {GoalPerSecond:F0}: {(perSecond >= GoalPerSecond ? "met" : "NOT met")}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  largest of {documents.Count}, bytes {largest,35:N0}   goal under {GoalBytes:N0}: {(largest < GoalBytes ? "met" : "NOT met")}"));
    }

    private static async Task<List<(Certificate Certificate, PngPicture? Picture)>> SamplesAsync(SqliteStore store, string data)
    {
        var files = FolderFileStore.Open(Path.Combine(data, "files"));
        var report = await new DefinitionImportWorkflow(new Commits(store, TimeProvider.System), files).ImportAsync(await DefinitionFolder.ReadAsync(DefinitionFolder.Shipped, CancellationToken.None), CancellationToken.None);
        if (!report.IsSound)
        {
            throw new InvalidOperationException("The catalogue could not be imported.");
        }

        var issuer = Organization.Found(OrganizationId.From("school"), "westfield-high", "Westfield High School", OrganizationKind.HighSchool, null);
        var address = InstanceAddress.Parse("https://badges.example.org");
        var samples = new List<(Certificate, PngPicture?)>();
        await foreach (var head in store.AllAsync(DefinitionDocuments.Heads, DefinitionDocuments.ByName.Where(), CancellationToken.None))
        {
            var badge = await store.CurrentVersionAsync(head.Document.Slug, CancellationToken.None);
            var level = badge.Scale.Levels[^1].Code;
            var award = new Award(
                AwardId.From("award"), PersonId.From("learner"), issuer.Id, badge.Id, 1, CredentialId.New(), SubmissionId.From("submission"), "decision",
                [.. badge.Competencies.Select((competency, i) => new AwardedLevel(competency.Id, i % 2 == 0 ? competency.RequiredLevel : level))], At).Issue(At);
            var name = Names[samples.Count % Names.Length];
            EarnedCredit[] credits = samples.Count % 3 == 0 ? [new(new("WELD 1010", "Introduction to Welding", 3, new(2026, 1, 1)), "Salt Valley Community College", new(2026, 5, 22))] : [];
            await using var picture = badge.Image.Png is { } digest ? await files.OpenAsync(digest, CancellationToken.None) : null;
            using var bytes = new MemoryStream();
            await (picture ?? Stream.Null).CopyToAsync(bytes);
            samples.Add((Certificate.Of(award, badge, "en", Person.Named(PersonId.From("learner"), name), issuer, address, credits), PngPicture.Read(bytes.ToArray())));
        }

        return samples;
    }
}
