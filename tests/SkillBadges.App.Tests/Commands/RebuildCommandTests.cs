using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Commands;

/// <summary>What lies beside the ledger can be damaged; the program makes it anew from the ledger.</summary>
public sealed class RebuildCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-rebuild-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Views_that_were_damaged_are_mended_from_the_ledger_and_a_second_run_finds_nothing()
    {
        Settings settings;
        PersonId learner;
        ClassSection section;
        string ledger;
        string map;
        await using (var app = await TestApp.StartAsync(chosen => chosen, folder))
        {
            var district = new TestDistrict(app);
            await district.PopulateAsync();
            settings = app.Settings;
            learner = (await district.LearnerAsync()).Person;
            await district.ApprovedAsync(learner);
            section = (await app.Store.QueryAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByStudent.Where(learner.Value).Take(1), CancellationToken.None)).Items[0].Document;
            (ledger, map) = (await LedgerAsync(app.Store, learner), await MapAsync(app, section));
            var sheet = Assert.Single((await app.Store.QueryAsync(BadgeSheetDocuments.Kind, BadgeSheetDocuments.ByChain.Where(MasteryEntry.ChainOf(district.West, learner)).Take(5), CancellationToken.None)).Items);
            await app.Store.CommitAsync(
                new Changes().Replace(BadgeSheetDocuments.Kind, sheet, sheet.Document with { Facts = [sheet.Document.Facts[0] with { Level = "advanced", Ordinal = 4 }] }).Add(BadgeSheetDocuments.Kind, new(district.West, learner, "no-such", [])),
                CancellationToken.None);
            Assert.NotEqual(map, await MapAsync(app, section));
        }

        Assert.EndsWith(" 2 views mended", await RunAsync(settings), StringComparison.Ordinal);
        Assert.EndsWith(" 0 views mended", await RunAsync(settings), StringComparison.Ordinal);

        await using var again = await TestApp.StartAsync(chosen => chosen with { Address = settings.Address, Urls = settings.Urls }, folder);
        Assert.Equal((ledger, map), (await LedgerAsync(again.Store, learner), await MapAsync(again, section)));
    }

    private static async Task<string> RunAsync(Settings settings)
    {
        var run = await ProgramInside.RunAsync("rebuild", "views", "--data", settings.DataFolder, "--key-file", settings.KeyFile, "--base-url", settings.Address.BaseUrl);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return run.Output.TrimEnd();
    }

    private static async Task<string> LedgerAsync(IDocumentStore store, PersonId learner) =>
        JsonSerializer.Serialize((await store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByLearner.Where(learner.Value).Take(500), CancellationToken.None)).Documents, DocumentJson.Options);

    private static async Task<string> MapAsync(TestApp app, ClassSection section) =>
        JsonSerializer.Serialize((await app.Services.GetRequiredService<ClassReading>().ReadAsync(section, ClassQuestion.Everything, CancellationToken.None)).Cells, DocumentJson.Options);
}
