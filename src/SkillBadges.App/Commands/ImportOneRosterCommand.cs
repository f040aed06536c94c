using System.CommandLine;
using SkillBadges.Core;
using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Commands;

/// <summary>
/// <c>import oneroster FILE.zip --organization west-district --as NAME</c>: looks a pack through and says row by row what is wrong; with <c>--apply</c> takes it over. Cut short and called again, it ends the same.
/// </summary>
internal static class ImportOneRosterCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var file = new Argument<string>("file") { Description = "The ZIP archive." };
        var organization = new Option<string>("--organization") { Description = "Short name of the organization whose roster it is.", Required = true };
        var actor = new Option<string>("--as") { Description = "Login name of an administrator of the organization or of the state office, in whose name it is done.", Required = true };
        var source = new Option<string>("--source") { Description = "Short name of the system that it comes from.", DefaultValueFactory = _ => "sis" };
        var founds = new Option<bool>("--found") { Description = "Founds schools that are not here; for the state office." };
        var apply = new Option<bool>("--apply") { Description = "Takes the roster over; without it the pack is only looked through." };
        var command = new Command("oneroster", "Imports a roster of OneRoster 1.2, bulk or delta.") { file, organization, actor, source, founds, apply };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(async () =>
        {
            var services = new ServiceCollection();
            await services.AddSkillBadgesAsync(options.Read(parsed), TimeProvider.System, cancellationToken);
            await using var provider = services.AddLogging().BuildServiceProvider();
            var store = provider.GetRequiredService<IDocumentStore>();
            var of = await store.FirstAsync(OrganizationDocuments.Kind, OrganizationDocuments.BySlug.Where(parsed.GetValue(organization)!), cancellationToken) ?? throw Refused.NotFound("organization");
            var by = await store.FirstAsync(AccountDocuments.Kind, AccountDocuments.ByLoginName.Where(LoginName.HashOf(parsed.GetValue(actor)!)), cancellationToken) ?? throw Refused.NotFound("account");
            await using var pack = File.OpenRead(parsed.GetValue(file)!);
            var asked = new NewImport(of.Document.Id, parsed.GetValue(source)!, parsed.GetValue(founds), null);
            return await RunAsync(provider, new(by.Document.Person), asked, pack, parsed.GetValue(apply), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider provider, Actor actor, NewImport asked, Stream pack, bool applies, CancellationToken cancellationToken)
    {
        var workflow = provider.GetRequiredService<RosterImportWorkflow>();
        var received = await workflow.ReceiveAsync(actor, asked, pack, _ => null, cancellationToken);
        var import = await workflow.CheckAsync(received.Id, cancellationToken);
        foreach (var file in import.Files)
        {
            Console.WriteLine($"{file.File}.csv: {file.Rows} rows, {file.Mode.ToString().ToLowerInvariant()}");
        }

        if (import.Faults > 0)
        {
            await foreach (var page in provider.GetRequiredService<IDocumentStore>().AllAsync(RosterImportDocuments.Faults, RosterImportDocuments.FaultsByImport.Where(import.Id), cancellationToken))
            {
                foreach (var fault in page.Document.Faults)
                {
                    await Console.Error.WriteLineAsync(fault.ToString());
                }
            }

            Console.WriteLine($"{import.Faults} faults; nothing was taken over");
            return 1;
        }

        if (!applies)
        {
            Console.WriteLine("no faults; call it with --apply to take the roster over");
            return 0;
        }

        await workflow.BeginAsync(actor, import.Id, null, cancellationToken);
        import = await provider.GetRequiredService<RosterApply>().RunAsync(import.Id, cancellationToken);
        Console.WriteLine(import.State == ImportState.Applied ? $"applied in {import.Steps} steps" : $"stopped: {import.StopCode}");
        return import.State == ImportState.Applied ? 0 : 1;
    }
}
