using SkillBadges.Benchmarks.Engine;

switch (args.FirstOrDefault())
{
    case "engine":
        JsonLdBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine("Which benchmark? engine");
        return 2;
}
