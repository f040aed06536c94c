using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using SkillBadges.App.Bulk;
using SkillBadges.App.Checkpoints;
using SkillBadges.App.Definitions.CoAuthoring;
using SkillBadges.App.Evidence;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.App.Issuing;
using SkillBadges.App.Jobs;
using SkillBadges.App.Notices;
using SkillBadges.App.Pdf;
using SkillBadges.App.OneRoster;
using SkillBadges.App.Organizations.Office;
using SkillBadges.App.Reporting;
using SkillBadges.App.Review;
using SkillBadges.App.Sharing;
using SkillBadges.App.SignIn;
using SkillBadges.App.Telemetry;
using SkillBadges.App.Verification;
using SkillBadges.App.Webhooks;
using SkillBadges.Core;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Papers;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Evidence.Mentors;
using SkillBadges.Core.Evidence.Notebooks;
using SkillBadges.Core.Evidence.Peers;
using SkillBadges.Core.Evidence.Support;
using SkillBadges.Core.Evidence.Together;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Gradebook.Trust;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Gradebook.Cycles;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Gradebook.Graduation;
using SkillBadges.Core.Gradebook.Growth;
using SkillBadges.Core.Gradebook.Hours;
using SkillBadges.Core.Gradebook.Marks;
using SkillBadges.Core.Gradebook.Papers;
using SkillBadges.Core.Gradebook.Plans;
using SkillBadges.Core.Gradebook.Stacks;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Presentations;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.SignIn.Passes;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.App;

/// <summary>The composition root: who gets what, and, with <see cref="OpenedStore"/>, the only file that names an adapter.</summary>
internal static class AppSetup
{
    /// <summary>How long another node's change of what all ask for may be unseen.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(2);

    /// <summary>A school, those above it and their settings, which a request asks for many times, and what never changes once it is there.</summary>
    private static readonly DocumentKind[] AskedByAll =
        [OrganizationDocuments.Kind, OrganizationSettingsDocuments.Kind, DefinitionDocuments.Versions, ScaleSnapshotDocuments.Kind, BadgeIssuerDocuments.Kind];

    /// <summary>Opens the data folder and registers everything that commands use, whether they serve or not.</summary>
    /// <exception cref="RefusedException"><c>settings.key-missing</c>, <c>settings.key-unreadable</c>, <c>settings.base-url-changed</c>, <c>import.unfinished</c>, and those of the store.</exception>
    public static async Task AddSkillBadgesAsync(this IServiceCollection services, Settings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var dataExists = Directory.Exists(settings.DataFolder) && Directory.EnumerateFileSystemEntries(settings.DataFolder).Any();
        var keyEncryption = settings.Database is null ? KeyFile.Open(settings.KeyFile, dataExists) : null;
        var store = await OpenedStore.OpenAsync(settings, clock, cancellationToken);
        try
        {
            await ImportProgressDocuments.RequireNoneAsync(store.Documents, cancellationToken);
            await InstanceDocuments.RequireAsync(store.Documents, settings.Address, cancellationToken);

            // A node whose folder is empty is not a new instance if the database holds one.
            keyEncryption ??= KeyFile.Open(settings.KeyFile, dataExists || await store.Documents.FindAsync(InstanceDocuments.Kind, Instance.Id, cancellationToken) is not null);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }

        services.AddSingleton(settings).AddSingleton(settings.Address).AddSingleton(keyEncryption).AddSingleton(clock);

        // Made by a factory so that the container closes it at the end.
        services.AddSingleton(_ => store);
        services.AddSingleton(store.Outbox);
        services.AddSingleton(store.Files).AddSingleton(store.Partials);
        services.AddSingleton(new EvidenceLimits(settings.MaxFileBytes, settings.Clamd is not null));
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<IDocumentStore>(found => new SignalingStore(
            new RememberingStore(new MeteredStore(found.GetRequiredService<OpenedStore>().Documents), RememberedFor, AskedByAll), found.GetRequiredService<OutboxSignal>()));
        services.AddSingleton<Commits>().AddSingleton<Leases>().AddSingleton<Authority>().AddSingleton<FamilyRights>();
        AddWorkflows(services);
    }

    /// <summary>Copies the data folder, also while another process serves it.</summary>
    /// <exception cref="RefusedException"><c>backup.other-engine</c>, and those of <see cref="DataFolderBackup.WriteAsync"/>.</exception>
    public static Task<FilesCopied> BackUpAsync(Settings settings, string target, CancellationToken cancellationToken) => settings.Database is null
        ? DataFolderBackup.WriteAsync(settings.DataFolder, target, cancellationToken)
        : throw Refused.Invalid("backup.other-engine", settings.FilesInDatabase
            ? "The documents and files are in PostgreSQL: copy them with its own tools."
            : "The documents are in PostgreSQL: copy them with its own tools, and the files of the data folder beside them.");

    /// <summary>What serving needs beside: the jobs, and keys for cookies and cursors that live in the store.</summary>
    public static void AddServing(this IServiceCollection services, Settings settings)
    {
        if (settings.Otlp is { } otlp)
        {
            // First to start and last to stop.
            services.AddSingleton(otlp).AddHostedService<OtlpExport>();
        }

        services.AddHostedService<QueueLevels>();
        services.AddSingleton<ProblemPages>().AddSingleton<OfficeDesks>().AddSingleton<QueueReading>().AddSingleton<NoticeLinks>().AddSingleton<AskedConsents>();
        services.AddReportingJobs();
        services.AddSingleton<PromptFinish>();
        services.AddSingleton<IOutboxHandler, FinishIntentHandler>().AddSingleton<IOutboxHandler, PublishListHandler>().AddSingleton<IOutboxHandler, ResignHandler>();
        services.AddSingleton<IOutboxHandler, ReassignHandler>().AddSingleton<IOutboxHandler, RemindOfPapers>().AddSingleton<IOutboxHandler, RemindOfDue>();
        services.AddSingleton<PromptUpload>().AddSingleton<SeenFiles>().AddSingleton<EvidenceLinks>().AddSingleton<Clamd>();
        services.AddSingleton<IOutboxHandler, ReceivedHandler>().AddSingleton<IOutboxHandler, ReleasedHandler>().AddSingleton<IOutboxHandler, ScanHandler>();
        services.AddHostedService<UploadSweep>().AddHostedService<CustodySweep>().AddHostedService<RetentionSweep>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<Confirmation>(ConfirmationDocuments.Kind, ConfirmationDocuments.ByExpiry));
        services.AddHostedService<IssuingSweep>().AddHostedService<CheckpointJob>();
        services.AddSingleton<IOutboxHandler, FollowSourceHandler>().AddSingleton<IOutboxHandler, LookAgainHandler>().AddSingleton<IOutboxHandler, StackHandler>().AddHostedService<RecheckSweep>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<JoinCode>(JoinDocuments.Codes, JoinDocuments.CodesByExpiry));
        services.AddHostedService<OutboxWorker>().AddHostedService<Housekeeping>().AddHostedService<WarmUp>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<RequestRecord>(RequestDocuments.Kind, RequestDocuments.ByExpiry));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<Lease>(LeaseDocuments.Kind, LeaseDocuments.ByAge) { KeptFor = LeaseDocuments.KeptFor });
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<LeaseTerm>(LeaseDocuments.Terms, LeaseDocuments.ByEnd) { KeptFor = LeaseDocuments.KeptFor });
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<BulkDecision>(BulkDecisionDocuments.Kind, BulkDecisionDocuments.ByExpiry));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<SignInTries>(SignInTriesDocuments.Kind, SignInTriesDocuments.ByExpiry));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<Session>(SessionDocuments.Kind, SessionDocuments.ByExpiry));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<SessionKey>(SessionKeyDocuments.Kind, SessionKeyDocuments.ByExpiry));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<PresentationChallenge>(PresentationChallengeDocuments.Kind, PresentationChallengeDocuments.ByExpiry));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<OneTimeLink>(OneTimeLinkDocuments.Kind, OneTimeLinkDocuments.ByExpiry));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<DecisionEffort>(DecisionEffortDocuments.Kind, DecisionEffortDocuments.ByExpiry));
        services.AddNotices(settings);
        services.AddCoAuthoring();
        services.AddDocuments(settings);
        services.AddOneRosterJobs();
        services.AddBulkJobs();
        services.AddWebhooks();
        services.AddDataProtection().SetApplicationName("skillbadges");
        services.AddSingleton<StoredProtectionKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<StoredProtectionKeys>((options, keys) => options.XmlRepository = keys);
        services.AddRateLimits(settings.Rates);
        services.AddOpenApiDocument();
    }

    // Every workflow is one line here, in the order of Core's folders.
    private static void AddWorkflows(IServiceCollection services)
    {
        services.AddSingleton<NoticeWorkflow>().AddSingleton<LetterWriting>().AddSingleton<LetterDelivery>();
        services.AddSingleton<CrosswalkWorkflow>().AddSingleton<CrosswalkReading>();
        services.AddSingleton<DraftSeats>().AddSingleton<DraftWorkflow>().AddSingleton<DraftPictureStore>().AddSingleton<ProposalWorkflow>().AddSingleton<CommentWorkflow>().AddSingleton<DraftReading>();
        services.AddSingleton<SignOffWorkflow>().AddSingleton<PublicationWorkflow>().AddSingleton<SignerWorkflow>().AddSingleton<SigningByLink>();
        services.AddSingleton<DefinitionImportWorkflow>().AddSingleton<DefinitionExport>();
        services.AddSingleton<FrameworkPublication>().AddSingleton<FrameworkWorkflow>().AddSingleton<ScaleWorkflow>().AddSingleton<ItemReading>().AddSingleton<ArticulationWorkflow>().AddSingleton<CreditReading>();
        services.AddSingleton<OrganizationWorkflow>().AddSingleton<IssuerLogoWorkflow>().AddSingleton<ActReading>().AddSingleton<SettingsWorkflow>().AddSingleton<EffectiveSettings>().AddSingleton<MembershipWorkflow>().AddSingleton<PeopleSearch>().AddSingleton<PeopleList>().AddSingleton<GuardianshipWorkflow>().AddSingleton<ClassSectionWorkflow>().AddSingleton<ClassListWorkflow>();
        services.AddSingleton<TurnInReading>().AddSingleton<ClassTeaching>().AddSingleton<PitchWorkflow>().AddSingleton<CheckpointWorkflow>();
        services.AddSingleton<StandingAssignmentWorkflow>().AddSingleton<DelegationWorkflow>().AddSingleton<QualificationWorkflow>().AddSingleton<DeclaredRelationWorkflow>();
        services.AddSingleton<ReviewQueue>().AddSingleton<DueReminder>();
        services.AddSingleton<EvidenceUsage>().AddSingleton<EvidenceCustody>().AddSingleton<ContentScans>().AddSingleton<ContentRelease>().AddSingleton<ErasureWorkflow>().AddSingleton<UploadWorkflow>().AddSingleton<UploadFinish>().AddSingleton<MinutesStore>();
        services.AddSingleton<SeenPhotos>().AddSingleton<ObservationReading>().AddSingleton<PhotoErasureWorkflow>();
        services.AddSingleton<SubmissionWorkflow>().AddSingleton<SubmissionReading>().AddSingleton<PlacementWorkflow>().AddSingleton<PapersWorkflow>().AddSingleton<Assignments>().AddSingleton<QueueReassignment>();
        services.AddSingleton<NotebookWorkflow>().AddSingleton<LogReading>().AddSingleton<LogWorkflow>().AddSingleton<ConfirmationWorkflow>();
        services.AddSingleton<ProgressReading>().AddSingleton<AccommodationWorkflow>().AddSingleton<AssessmentRequestWorkflow>().AddSingleton<TeamWorkWorkflow>();
        services.AddSingleton<Classmates>().AddSingleton<PeerReviewReading>().AddSingleton<PeerReviewWorkflow>();
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<Issuance>().AddSingleton<IssuanceFinisher>().AddSingleton<AwardReading>().AddSingleton<BakedBadge>().AddSingleton<CertificateReading>().AddSingleton<AwardCorrection>();
        services.AddSingleton<DerivedIssuance>().AddSingleton<DerivedStanding>().AddSingleton<DerivedReading>();
        services.AddSingleton<IssuerKeys>().AddSingleton<IssuerDocuments>().AddSingleton<KeyCompromise>().AddSingleton<CredentialResigning>().AddSingleton<AttestedIssuers>();
        services.AddSingleton<IssuerKeys>().AddSingleton<KeyRotation>().AddSingleton<IssuerDocuments>().AddSingleton<KeyCompromise>().AddSingleton<CredentialResigning>().AddSingleton<AttestedIssuers>();
        services.AddSingleton<StatusIndexes>().AddSingleton<StatusWorkflow>().AddSingleton<StatusListPublisher>();
        services.AddSingleton<Interns>().AddSingleton<SignedSheetAuthority>().AddSingleton<InternReading>().AddSingleton<SheetWorkflow>();
        services.AddSingleton<DecisionRecord>().AddSingleton<DecisionWorkflow>().AddSingleton<CorrectionWorkflow>().AddSingleton<UndoWorkflow>().AddSingleton<DecidingOver>().AddSingleton<BulkDecisionWorkflow>().AddSingleton<ObservationWorkflow>().AddSingleton<WholeBadgeWorkflow>().AddSingleton<ModerationWorkflow>().AddSingleton<SavedCommentWorkflow>().AddSingleton<SeenCorrectionWorkflow>().AddSingleton<SignOffSheetReading>().AddSingleton<EffortReading>();
        services.AddSingleton<TrustWorkflow>().AddSingleton<SourceReading>().AddSingleton<RecognitionJudging>().AddSingleton<RecognitionRecord>().AddSingleton<RecognitionWorkflow>().AddSingleton<PastList>().AddSingleton<RecognitionDecisions>().AddSingleton<RecognitionFollowing>().AddSingleton<ItemMatchWorkflow>().AddSingleton<StateNumberWorkflow>().AddSingleton<SplitWorkflow>();
        services.AddSharing();
        services.AddSingleton<JoinWorkflow>().AddSingleton<GradebookReading>().AddSingleton<GradebookFiltering>().AddSingleton<ClassAccess>().AddSingleton<ClassReading>().AddSingleton<ClassViews>();
        services.AddSingleton<CycleWorkflow>().AddSingleton<CycleReports>().AddSingleton<CelebrationWorkflow>().AddSingleton<LevelUpList>().AddSingleton<GapReading>().AddSingleton<MarkWorkflow>().AddSingleton<MarkReading>();
        services.AddSingleton<TranscriptReading>().AddSingleton<TranscriptSigning>().AddSingleton<LetterReading>().AddSingleton<HoursReading>().AddSingleton<GradeReading>().AddSingleton<GradePolicyWorkflow>();
        services.AddSingleton<TranscriptReading>().AddSingleton<TranscriptSigning>().AddSingleton<LetterReading>();
        services.AddSingleton<StackAwarding>().AddSingleton<StackFollowing>().AddSingleton<StackReading>().AddSingleton<StackCertificateWorkflow>();
        services.AddSingleton<TranscriptReading>().AddSingleton<TranscriptSigning>().AddSingleton<LetterReading>().AddSingleton<HoursReading>().AddSingleton<GradeReading>().AddSingleton<CourseReading>().AddSingleton<CourseWorkflow>().AddSingleton<GradePolicyWorkflow>();
        services.AddSingleton<TranscriptReading>().AddSingleton<TranscriptSigning>().AddSingleton<LetterReading>().AddSingleton<HoursReading>().AddSingleton<GradeReading>().AddSingleton<PaperReading>().AddSingleton<CourseReading>().AddSingleton<CourseWorkflow>().AddSingleton<GradePolicyWorkflow>();
        services.AddSingleton<PlanAccess>().AddSingleton<PlanPrefill>().AddSingleton<PlanWorkflow>().AddSingleton<AdvisingReading>().AddSingleton<GraduationWorkflow>().AddSingleton<GraduationReading>();
        services.AddVerification();
        services.AddSingleton<AccountAuthority>().AddSingleton<SignInWorkflow>().AddSingleton<AccountWorkflow>();
        services.AddSingleton<SetUpWorkflow>().AddSingleton<InvitationWorkflow>().AddSingleton<ClassSignIn>().AddSingleton<PasswordResetWorkflow>().AddSingleton<PasswordResetMail>().AddSingleton<NoticeDelivery>();
        services.AddSingleton<SignedCheckpoints>();
        services.AddSingleton<PassWorkflow>().AddSingleton<PassOpening>();
        services.AddOneRoster();
        services.AddReporting();
    }
}
