using System.Globalization;
using SkillBadges.Benchmarks.Engine;
using SkillBadges.Benchmarks.Storage;

switch (args)
{
    case ["engine"]:
        JsonLdBenchmark.Run();
        return 0;
    case ["store"]:
        await StoreMeasures.RunAsync(100_000, Console.Out);
        return 0;
    case ["store", var documents]:
        await StoreMeasures.RunAsync(int.Parse(documents, CultureInfo.InvariantCulture), Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("Which benchmark? engine | store [DOCUMENTS]");
        return 2;
}
