using System.CommandLine;
using SkillBadges.App.Bulk;
using SkillBadges.App.Checkpoints;
using SkillBadges.App.Conformance;
using SkillBadges.App.Definitions;
using SkillBadges.App.Definitions.CoAuthoring;
using SkillBadges.App.Evidence;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.App.Issuing;
using SkillBadges.App.Layout;
using SkillBadges.App.Mastery;
using SkillBadges.App.Notices;
using SkillBadges.App.OneRoster;
using SkillBadges.App.Organizations;
using SkillBadges.App.Reporting;
using SkillBadges.App.Review;
using SkillBadges.App.Sharing;
using SkillBadges.App.Sharing.Credit;
using SkillBadges.App.Sharing.Talent;
using SkillBadges.App.SignIn;
using SkillBadges.App.SignIn.Passes;
using SkillBadges.App.Verification;
using SkillBadges.App.Webhooks;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Commands;

/// <summary><c>serve</c>: the pages, the API and the jobs until the process is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var command = new Command("serve", "Serves the pages, the API and the jobs.");
        options.AddTo(command);
        var conformance = new Option<bool>("--conformance") { Description = "Adds the addresses that interoperability suites call; on loopback only, with keys for this run. With --urls https://localhost:5443 also over https, with a certificate for this run." };
        command.Add(conformance);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(async () =>
        {
            await using var app = await BuildAsync(options.Read(parsed) with { IsConformance = parsed.GetValue(conformance) }, TimeProvider.System, _ => { }, cancellationToken);
            await app.StartAsync(cancellationToken);
            await TellSetUpLinkAsync(app, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
        }));
        return command;
    }

    /// <summary>The whole application, ready to start; <paramref name="adjust"/> comes last.</summary>
    public static async Task<WebApplication> BuildAsync(Settings settings, TimeProvider clock, Action<WebApplicationBuilder> adjust, CancellationToken cancellationToken)
    {
        // No configuration of the framework's own: what can be set is in Settings.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(ServeCommand).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        await builder.Services.AddSkillBadgesAsync(settings, clock, cancellationToken);
        builder.Services.AddServing(settings);
        builder.AddFloor(settings);
        if (settings.IsConformance)
        {
            builder.AddConformance(settings, clock);
        }

        adjust(builder);

        var app = builder.Build();
        if (settings.CheckpointFolder is { } checkpoints)
        {
            await RequireNotOlderAsync(app, new(checkpoints), cancellationToken);
        }

        app.UseFloor();
        MapFeatures(app);
        if (settings.IsConformance)
        {
            app.MapConformance();
        }

        return app;
    }

    // A store that is older than what was signed outside is not served until somebody says that this is meant.
    private static async Task RequireNotOlderAsync(WebApplication app, CheckpointFolder checkpoints, CancellationToken cancellationToken)
    {
        try
        {
            await app.Services.GetRequiredService<SignedCheckpoints>().RequireNotOlderAsync(await checkpoints.FurthestAsync(cancellationToken), cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    // On the console alone: a log is read by more people, for longer.
    private static async Task TellSetUpLinkAsync(WebApplication app, CancellationToken cancellationToken)
    {
        if (await app.Services.GetRequiredService<SetUpWorkflow>().OfferAsync(cancellationToken) is { } secret)
        {
            var link = app.Services.GetRequiredService<InstanceAddress>().Link($"/set-up/{secret}");
            await Console.Out.WriteLineAsync($"No administrator yet. Within an hour, open once: {link}");
        }
    }

    // The table of contents of the API: one line a feature.
    private static void MapFeatures(WebApplication app)
    {
        app.MapHealth();
        app.MapLanguageChoice();
        app.MapOfflineNotice();
        app.MapNotices();
        app.MapNoticePreferences();
        app.MapLetters();
        app.MapBadges();
        app.MapGraduateProfiles();
        app.MapScales();
        app.MapFrameworks();
        app.MapCaseReadSide();
        app.MapArticulations();
        app.MapCrosswalks();
        app.MapDefinitionSchemas();
        app.MapDefinitions();
        app.MapProposals();
        app.MapSignOffs();
        app.MapMinutes();
        app.MapVersions();
        app.MapEndorsements();
        app.MapSubmissions();
        app.MapAttempts();
        app.MapPitches();
        app.MapUploads();
        app.MapEvidence();
        app.MapWorkFiles();
        app.MapLogs();
        app.MapNotebook();
        app.MapConfirmations();
        app.MapProgressBoards();
        app.MapAssessmentRequests();
        app.MapAccommodations();
        app.MapTeamWorks();
        app.MapPeerReviews();
        app.MapPlacements();
        app.MapPlacementPapers();
        app.MapAssignments();
        app.MapDelegations();
        app.MapQualifications();
        app.MapDeclaredRelations();
        app.MapReviewTasks();
        app.MapDecisions();
        app.MapBulkDecisions();
        app.MapBulkJobs();
        app.MapWebhooks();
        app.MapObservations();
        app.MapSeenLinks();
        app.MapSignOffSheets();
        app.MapModerations();
        app.MapSavedComments();
        app.MapEffort();
        app.MapAwards();
        app.MapDerivedCredentials();
        app.MapPublicIssuerPages();
        app.MapVerify();
        app.MapConsents();
        app.MapRights();
        app.MapShares();
        app.MapTransfers();
        app.MapCreditClaims();
        app.MapTalent();
        app.MapLearnerRecords();
        app.MapProfiles();
        app.MapGradebook();
        app.MapTranscript();
        app.MapPapers();
        app.MapCourses();
        app.MapJoins();
        app.MapStateNumbers();
        app.MapTrustLists();
        app.MapClassViews();
        app.MapCycles();
        app.MapGrowth();
        app.MapMarks();
        app.MapGradePolicies();
        app.MapRecognitions();
        app.MapItemMatches();
        app.MapPlans();
        app.MapGraduation();
        app.MapStacks();
        app.MapSessions();
        app.MapAccounts();
        app.MapLinks();
        app.MapPassLinks();
        app.MapPasses();
        app.MapSignOut();
        app.MapOrganizations();
        app.MapSettings();
        app.MapActs();
        app.MapPeople();
        app.MapMemberships();
        app.MapInvitations();
        app.MapGuardianships();
        app.MapClassSections();
        app.MapRosterImports();
        app.MapRosterExports();
        app.MapRosterClients();
        app.MapRosterReadSide();
        app.MapReporting();
    }
}
