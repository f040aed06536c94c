using System.Globalization;
using SkillBadges.Benchmarks;
using SkillBadges.Benchmarks.App;
using SkillBadges.Benchmarks.Engine;
using SkillBadges.Benchmarks.Fuzz;
using SkillBadges.Benchmarks.Load;
using SkillBadges.Benchmarks.Storage;

switch (args)
{
    case ["engine"]:
        return PeerBenchmark.Run(only: null);
    case ["engine", "--only", var rows]:
        return PeerBenchmark.Run(rows);
    case ["engine-worker"]:
        EngineWorker.Run();
        return 0;
    case ["json-ld"]:
        JsonLdBenchmark.Run();
        return 0;
    case ["store"]:
        await StoreMeasures.RunAsync(1_000, 100_000, Console.Out);
        return 0;
    case ["store", var documents]:
        Hardware.Print(Console.Out);
        await StoreMeasures.RunAsync(1_000, int.Parse(documents, CultureInfo.InvariantCulture), Console.Out);
        return 0;
    case ["store", var few, var documents]:
        Hardware.Print(Console.Out);
        await StoreMeasures.RunAsync(int.Parse(few, CultureInfo.InvariantCulture), int.Parse(documents, CultureInfo.InvariantCulture), Console.Out);
        return 0;
    case ["fuzz", .. var rest]:
        return FuzzCommand.Run(rest);
    case ["approvals"]:
        Hardware.Print(Console.Out);
        await ApprovalMeasures.RunAsync(Console.Out);
        return 0;
    case ["load", .. var rest]:
        Hardware.Print(Console.Out);
        return await LoadCommand.RunAsync(rest, Console.Out);
    case ["pdf"]:
        Hardware.Print(Console.Out);
        await PdfMeasures.RunAsync(null, Console.Out);
        return 0;
    case ["pdf", var folder]:
        await PdfMeasures.RunAsync(folder, Console.Out);
        return 0;
    case ["transcript"]:
        Hardware.Print(Console.Out);
        await PdfMeasures.TranscriptAsync(Console.Out);
        return 0;
    case ["oneroster"]:
        Hardware.Print(Console.Out);
        await RosterMeasures.RunAsync(20_000, 92_000, Console.Out);
        return 0;
    case ["oneroster", var learners, var enrollments]:
        Hardware.Print(Console.Out);
        await RosterMeasures.RunAsync(int.Parse(learners, CultureInfo.InvariantCulture), int.Parse(enrollments, CultureInfo.InvariantCulture), Console.Out);
        return 0;
    case ["app"]:
        Hardware.Print(Console.Out);
        await ApprovalMeasures.RunAsync(Console.Out);
        await GradebookMeasures.RunAsync(12_000, 1_000_000, Console.Out);
        return 0;
    case ["gradebook"]:
        Hardware.Print(Console.Out);
        await GradebookMeasures.ViewsAsync(12_000, 1_000_000, Console.Out);
        return 0;
    case ["gradebook", var entries]:
        Hardware.Print(Console.Out);
        await GradebookMeasures.ViewsAsync(12_000, int.Parse(entries, CultureInfo.InvariantCulture), Console.Out);
        return 0;
    case ["gradebook", var entries, var folder]:
        Hardware.Print(Console.Out);
        await GradebookMeasures.ViewsAsync(12_000, int.Parse(entries, CultureInfo.InvariantCulture), folder, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine($"Which benchmark? app | approvals | gradebook [ENTRIES [FOLDER]] (keeps what it filled there, and uses it again) | engine [--only ROWS] (beside its peers in Node; ROWS is part of a row's name, such as verify-rdfc or poison) | json-ld | oneroster [LEARNERS ENROLLMENTS] | fuzz PARSER|all COUNT [SEED] | store [[FEW] MANY] (the store's questions at two sizes; over PostgreSQL too where TESTS_POSTGRES names a cluster) | {LoadCommand.Usage} | transcript | pdf [FOLDER] (puts samples there)");
        return 2;
}
